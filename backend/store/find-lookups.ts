import { type Sql, sql } from '@/backend/sql/sql'
import type { Json } from '@/lib/base/json'
import { type AppKey, type Attr, type DataAttr, indexColumn, type LinkAttr } from '../schema/attr'
import type { Queryable } from './database'

/** A value of a unique attribute, which says which entity is meant. */
export interface LookupValue {
  readonly key: string
  readonly attr: Attr
  readonly value: Json
}

interface Found {
  readonly key: string
  readonly id: string
}

/**
 * The ids of the entities that have the values, by the keys of the look-ups; those that none has
 * are left out. The attributes must be unique.
 */
export async function findLookups(
  tx: Queryable,
  app: AppKey,
  lookups: readonly LookupValue[],
): Promise<Map<string, string>> {
  const data = lookups.filter((lookup): lookup is LookupValue & { attr: DataAttr } =>
    isData(lookup),
  )
  const links = lookups.filter(
    (lookup): lookup is LookupValue & { attr: LinkAttr } => !isData(lookup),
  )
  const found = [
    ...(await findByValue(
      tx,
      app,
      data.filter(({ attr }) => indexColumn(attr) === 'text'),
    )),
    ...(await findByValue(
      tx,
      app,
      data.filter(({ attr }) => indexColumn(attr) === 'number'),
    )),
    ...(await findByLink(tx, app, links)),
  ]
  return new Map(found.map(({ key, id }) => [key, id]))
}

function isData({ attr }: LookupValue): boolean {
  return attr.kind === 'data'
}

async function findByValue(
  tx: Queryable,
  app: AppKey,
  lookups: readonly (LookupValue & { readonly attr: DataAttr })[],
): Promise<readonly Found[]> {
  const [first] = lookups
  if (!first) return []
  // The predicates repeat those of the two partial indexes.
  const matches: Sql =
    indexColumn(first.attr) === 'text'
      ? sql`v.is_text and v.is_unique and v.vt = index_text(l.value::jsonb, l.type)`
      : sql`not v.is_text and v.is_unique and v.vn = index_number(l.value::jsonb, l.type)`
  return tx.query<Found>(sql`
    select l.key, v.id
    from unnest(
      ${lookups.map(({ key }) => key)}::text[],
      ${lookups.map(({ attr }) => attr.indexKey)}::int[],
      ${lookups.map(({ attr }) => attr.checkedType)}::text[],
      ${lookups.map(({ value }) => JSON.stringify(value))}::text[]
    ) l(key, attr, type, value)
    join index_values v on v.app = ${app} and v.attr = l.attr and ${matches}`)
}

async function findByLink(
  tx: Queryable,
  app: AppKey,
  lookups: readonly (LookupValue & { readonly attr: LinkAttr })[],
): Promise<readonly Found[]> {
  if (lookups.length === 0) return []
  return tx.query<Found>(sql`
    select t.key, l.from_id as id
    from unnest(
      ${lookups.map(({ key }) => key)}::text[],
      ${lookups.map(({ attr }) => attr.key)}::int[],
      ${lookups.map(({ value }) => value)}::uuid[]
    ) t(key, attr, to_id)
    join links l on l.app = ${app} and l.attr = t.attr and l.to_id = t.to_id`)
}

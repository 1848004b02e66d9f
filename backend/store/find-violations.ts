import { type Sql, sql } from '@/backend/sql/sql'
import type { Json } from '@/lib/base/json'
import type { AppKey, Attr, CheckedType, DataAttr, LinkAttr } from '../schema/attr'
import type { OffendingValue } from '../schema/job'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

const sampleSize = 10

/** Values that are neither null nor of the type; at most ten, the oldest first. */
export async function findWrongTypes(
  tx: Queryable,
  context: Context,
  { attr, type }: { readonly attr: DataAttr; readonly type: CheckedType },
): Promise<readonly OffendingValue[]> {
  return sample(tx, context, { attr, where: isWrongType(sql`v.value`, type) })
}

/** Values too large for an index (contract semantics.md 5.6); at most ten. */
export async function findTooLarge(
  tx: Queryable,
  context: Context,
  attr: DataAttr,
): Promise<readonly OffendingValue[]> {
  return sample(tx, context, { attr, where: isTooLarge(sql`v.value`) })
}

/** Entities that share a value which is not null, all with the same one; at most ten. */
export async function findDuplicates(
  tx: Queryable,
  context: Context,
  attr: Attr,
): Promise<readonly OffendingValue[]> {
  if (attr.kind === 'link') return findSharedTargets(tx, context.app, attr)
  // Compared as the index will compare them.
  const key =
    attr.checkedType === 'date' ? sql`to_jsonb(index_number(v.value, 'date'))` : sql`v.value`
  return tx.query<OffendingValue>(sql`
    with shared as materialized (
      select ${key} as key from ${valuesOf(context, attr)}
      where v.value <> 'null'::jsonb group by 1 having count(*) > 1 order by 1 limit 1
    )
    select v.id as "entityId", v.value from ${valuesOf(context, attr)}, shared
    where v.value <> 'null'::jsonb and ${key} = shared.key
    order by v.created_at, v.id limit ${sampleSize}`)
}

/** Entities without a value, or with null, or without the link; at most ten, and how many in all. */
export async function findWithout(
  tx: Queryable,
  { app, schema }: Context,
  attr: Attr,
): Promise<{ readonly count: number; readonly ids: readonly string[] }> {
  const namespace = schema.namespaceKey(attr.forward.namespace)
  if (namespace === undefined || attr.forward.label === 'id') return { count: 0, ids: [] }
  const rows = await tx.query<{ id: string; total: number }>(sql`
    select e.id, count(*) over () as total from entities e
    where e.app = ${app} and e.ns = ${namespace} and ${isMissing(app, attr)}
    order by e.created_at, e.id limit ${sampleSize}`)
  return { count: rows[0]?.total ?? 0, ids: rows.map(({ id }) => id) }
}

/** What a value, or an entity, must not be. */
export type Violation =
  | { readonly kind: 'too-large' | 'missing' }
  | { readonly kind: 'wrong-type'; readonly type: CheckedType }

/** Whether any of these entities of the attribute's namespace is in the way of a constraint. */
export async function hasViolation(
  tx: Queryable,
  { app, schema }: Context,
  {
    attr,
    violation,
    ids,
  }: {
    readonly attr: Attr
    readonly violation: Violation
    readonly ids: readonly string[]
  },
): Promise<boolean> {
  const namespace = schema.namespaceKey(attr.forward.namespace) ?? null
  const found = await tx.query(sql`
    select 1 as found from entities e
    where e.app = ${app} and e.ns = ${namespace} and e.id = any(${ids}::uuid[])
      and ${isViolated(app, attr, violation)} limit 1`)
  return found.length > 0
}

function isViolated(app: AppKey, attr: Attr, violation: Violation): Sql {
  const value = sql`(e.data -> ${String(attr.key)}::text)`
  switch (violation.kind) {
    case 'too-large':
      return isTooLarge(value)
    case 'missing':
      return isMissing(app, attr)
    case 'wrong-type':
      return isWrongType(value, violation.type)
  }
}

function isTooLarge(value: Sql): Sql {
  return sql`pg_column_size(${value}) > 1024`
}

function isMissing(app: AppKey, attr: Attr): Sql {
  return attr.kind === 'data'
    ? sql`coalesce(e.data -> ${String(attr.key)}::text, 'null'::jsonb) = 'null'::jsonb`
    : sql`not exists (select from links l where l.app = ${app} and l.attr = ${attr.key} and l.from_id = e.id)`
}

function isWrongType(value: Sql, type: CheckedType): Sql {
  const fits: Sql =
    type === 'date'
      ? sql`instant_of(${value}) is not null`
      : sql`jsonb_typeof(${value}) = ${type}::text`
  return sql`(${value} <> 'null'::jsonb and not (${fits}))`
}

/** Forward ends with more than one target, which a has-one link could not keep; at most ten. */
export async function findManyTargets(
  tx: Queryable,
  app: AppKey,
  attr: LinkAttr,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select from_id as id from links where app = ${app} and attr = ${attr.key}
    group by from_id having count(*) > 1 order by from_id limit ${sampleSize}`)
  return rows.map(({ id }) => id)
}

async function findSharedTargets(
  tx: Queryable,
  app: AppKey,
  attr: LinkAttr,
): Promise<readonly OffendingValue[]> {
  return tx.query<{ entityId: string; value: Json }>(sql`
    select l.from_id as "entityId", l.to_id as value from links l
    where l.app = ${app} and l.attr = ${attr.key} and l.to_id = (
      select s.to_id from links s where s.app = ${app} and s.attr = ${attr.key}
      group by s.to_id having count(*) > 1 order by s.to_id limit 1)
    order by l.from_id limit ${sampleSize}`)
}

async function sample(
  tx: Queryable,
  context: Context,
  { attr, where }: { readonly attr: DataAttr; readonly where: Sql },
): Promise<readonly OffendingValue[]> {
  return tx.query<OffendingValue>(sql`
    select v.id as "entityId", v.value from ${valuesOf(context, attr)}
    where ${where} order by v.created_at, v.id limit ${sampleSize}`)
}

/** Every stored value of an attribute, nulls too, as the rows of `v`. */
function valuesOf({ app, schema }: Context, attr: DataAttr): Sql {
  return sql`(
    select e.id, e.created_at, e.data -> ${String(attr.key)}::text as value from entities e
    where e.app = ${app} and e.ns = ${schema.namespaceKey(attr.forward.namespace) ?? null}
      and e.data ? ${String(attr.key)}::text
  ) v`
}

import { type Sql, sql } from '@/backend/sql/sql'
import type { AppKey, AttrKey, NamespaceKey } from '../schema/attr'
import type { EntityKey, EntityWrite, StoredLink } from '../schema/entity-write'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

/** Which links to look for: as many entities as that are looked at one by one, and no more. */
export interface LinkSearch {
  readonly schema: Schema
  readonly mostEntities: number
}

/**
 * Stores new entities, all created at the time of the transaction, and lays the values of the
 * others over what they have. The index table is not touched: see writeIndexValues. Answers with
 * the links that were there before the new entities, at either end of which they stand now; null
 * when there are too many entities to look.
 */
export async function writeEntities(
  tx: Queryable,
  { app, schema, mostEntities }: LinkSearch & { readonly app: AppKey },
  writes: readonly EntityWrite[],
): Promise<readonly StoredLink[] | null> {
  const fresh = writes.filter(({ isNew }) => isNew)
  const isSearching = fresh.length <= mostEntities
  const ends = isSearching ? linkEnds(schema, fresh) : []
  const insertion = sql`
    insert into entities (app, ns, id, created_at, data)
    select ${app}::int, w.ns, w.id, (select floor(extract(epoch from now()) * 1000)), w.data::jsonb
    from ${rows(fresh)}`
  const waiting =
    fresh.length === 0
      ? []
      : await tx.query<StoredLink>(ends.length === 0 ? insertion : withLinks(insertion, app, ends))
  const changed = writes.filter(({ isNew, values }) => !isNew && values.size > 0)
  if (changed.length > 0) {
    await tx.query(sql`
      update entities e set data = e.data || w.data::jsonb
      from ${rows(changed)}
      where e.app = ${app} and e.ns = w.ns and e.id = w.id`)
  }
  return isSearching ? waiting : null
}

interface End {
  readonly namespace: NamespaceKey
  readonly attr: AttrKey
  readonly isForward: boolean
}

/** The ends of links at which entities of these namespaces can stand. */
function linkEnds(schema: Schema, entities: readonly EntityKey[]): readonly End[] {
  const namespaces = new Set(entities.map(({ namespace }) => namespace))
  return schema.attrs.flatMap((attr) => {
    if (attr.kind !== 'link') return []
    const from = schema.namespaceKey(attr.forward.namespace)
    const to = schema.namespaceKey(attr.reverse.namespace)
    return [
      ...(from !== undefined && namespaces.has(from)
        ? [{ namespace: from, attr: attr.key, isForward: true }]
        : []),
      ...(to !== undefined && namespaces.has(to)
        ? [{ namespace: to, attr: attr.key, isForward: false }]
        : []),
    ]
  })
}

function withLinks(insertion: Sql, app: AppKey, ends: readonly End[]): Sql {
  return sql`
    with fresh as (${insertion} returning ns, id)
    select l.attr, l.from_id as from, l.to_id as to
    from fresh
    join unnest(
      ${ends.map(({ namespace }) => namespace)}::int[],
      ${ends.map(({ attr }) => attr)}::int[],
      ${ends.map(({ isForward }) => isForward)}::boolean[]
    ) a(ns, attr, forward) on a.ns = fresh.ns
    cross join lateral (
      select f.attr, f.from_id, f.to_id from links f
      where a.forward and f.app = ${app} and f.attr = a.attr and f.from_id = fresh.id
      union all
      select r.attr, r.from_id, r.to_id from links r
      where not a.forward and r.app = ${app} and r.attr = a.attr and r.to_id = fresh.id
    ) l`
}

function rows(writes: readonly EntityWrite[]) {
  return sql`unnest(
    ${writes.map(({ namespace }) => namespace)}::int[],
    ${writes.map(({ id }) => id)}::uuid[],
    ${writes.map(toData)}::text[]
  ) w(ns, id, data)`
}

/** The JSON text of an entity's values, keyed by attribute. */
function toData({ values }: EntityWrite): string {
  const members = [...values].map(([attr, value]) => `"${attr.key}":${JSON.stringify(value)}`)
  return `{${members.join(',')}}`
}

import { sql } from '@/backend/sql/sql'
import type { Json, JsonObject } from '@/lib/base/json'
import type { AppKey, AttrKey, NamespaceKey } from '../schema/attr'
import { type EntityKey, entityKey } from '../schema/entity-write'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

/**
 * The rows of entities as rules know them, by entity key: values and the ids that has-one links
 * hold, by label. An entity without values that a link starts from has a row too, without an id
 * (contract semantics.md 5.3, 6.5); one that has neither is absent. No entity may be named twice.
 */
export async function readRows(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  entities: readonly EntityKey[],
): Promise<ReadonlyMap<string, JsonObject>> {
  if (entities.length === 0) return new Map()
  const names = new Set(entities.map(({ namespace }) => namespace))
  const within = schema.namespaces.flatMap((name) => {
    const key = schema.namespaceKey(name)
    return key !== undefined && names.has(key) ? [{ key, name }] : []
  })
  const rows = await readValues(tx, { app, schema, within }, entities)
  const attrs = within.flatMap(({ key, name }) =>
    schema.linksFrom(name).map((attr) => ({ namespace: key, attr })),
  )
  if (attrs.length === 0) return rows
  const labels = new Map<AttrKey, string | null>(
    attrs.map(({ attr }) => [attr.key, attr.cardinality === 'one' ? attr.forward.label : null]),
  )
  const links = await tx.query<EntityKey & { attr: AttrKey; target: string }>(sql`
    select t.ns as namespace, t.id, l.attr, l.to_id as target
    from unnest(
      ${entities.map(({ namespace }) => namespace)}::int[],
      ${entities.map(({ id }) => id)}::uuid[]
    ) t(ns, id)
    join unnest(
      ${attrs.map(({ namespace }) => namespace)}::int[],
      ${attrs.map(({ attr }) => attr.key)}::int[]
    ) a(ns, attr) on a.ns = t.ns
    cross join lateral (
      select l.attr, l.to_id from links l
      where l.app = ${app} and l.attr = a.attr and l.from_id = t.id limit 1
    ) l`)
  for (const { attr, target, ...key } of links) {
    const label = labels.get(attr) ?? null
    const row = rows.get(entityKey(key)) ?? {}
    rows.set(entityKey(key), label === null ? row : { ...row, [label]: target })
  }
  return rows
}

interface Namespaces {
  readonly app: AppKey
  readonly schema: Schema
  readonly within: readonly { readonly key: NamespaceKey; readonly name: string }[]
}

async function readValues(
  tx: Queryable,
  { app, schema, within }: Namespaces,
  entities: readonly EntityKey[],
): Promise<Map<string, JsonObject>> {
  const labels = new Map(
    within.flatMap(({ name }) =>
      schema.dataAttrs(name).map(({ key, forward }) => [String(key), forward.label] as const),
    ),
  )
  const stored = await tx.query<EntityKey & { data: JsonObject }>(sql`
    select e.ns as namespace, e.id, e.data
    from unnest(
      ${entities.map(({ namespace }) => namespace)}::int[],
      ${entities.map(({ id }) => id)}::uuid[]
    ) t(ns, id)
    join entities e on e.app = ${app} and e.ns = t.ns and e.id = t.id`)
  return new Map(
    stored.map(({ data, ...key }) => {
      const values = Object.entries(data).flatMap(([attr, value]): [string, Json][] => {
        const label = labels.get(attr)
        return label === undefined ? [] : [[label, value]]
      })
      return [entityKey(key), Object.fromEntries<Json>([['id', key.id], ...values])]
    }),
  )
}

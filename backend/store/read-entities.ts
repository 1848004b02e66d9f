import { sql } from '@/backend/sql/sql'
import type { JsonObject } from '@/lib/base/json'
import type { AppKey, AttrKey, NamespaceKey } from '../schema/attr'
import type { EntityKey } from '../schema/entity-write'
import type { Queryable } from './database'

/** A stored entity, locked for this transaction. */
export interface StoredEntity extends EntityKey {
  /** Values by attribute key; null unless they were asked for. */
  readonly data: JsonObject | null
}

/**
 * Reads and locks those of the entities that are stored, always in the same order so that no two
 * writers wait for each other. Values come only for the entities that want them.
 */
export async function lockEntities(
  tx: Queryable,
  app: AppKey,
  entities: readonly (EntityKey & { readonly wantsData: boolean })[],
): Promise<readonly StoredEntity[]> {
  if (entities.length === 0) return []
  return tx.query<StoredEntity>(sql`
    select e.ns as namespace, e.id, case when t.wants then e.data end as data
    from unnest(
      ${entities.map(({ namespace }) => namespace)}::int[],
      ${entities.map(({ id }) => id)}::uuid[],
      ${entities.map(({ wantsData }) => wantsData)}::boolean[]
    ) t(ns, id, wants)
    join entities e on e.app = ${app} and e.ns = t.ns and e.id = t.id
    order by e.ns, e.id
    for update of e`)
}

/**
 * Those of the entities that stand at the forward end of a link of their namespace: a link may be
 * stored before its entity is (contract semantics.md 5.3). `attrs` are the links to consider.
 */
export async function findLinked(
  tx: Queryable,
  app: AppKey,
  {
    entities,
    attrs,
  }: {
    readonly entities: readonly EntityKey[]
    readonly attrs: readonly { readonly namespace: NamespaceKey; readonly attr: AttrKey }[]
  },
): Promise<readonly EntityKey[]> {
  if (entities.length === 0 || attrs.length === 0) return []
  return tx.query<EntityKey>(sql`
    select distinct t.ns as namespace, t.id
    from unnest(
      ${entities.map(({ namespace }) => namespace)}::int[],
      ${entities.map(({ id }) => id)}::uuid[]
    ) t(ns, id)
    join unnest(
      ${attrs.map(({ namespace }) => namespace)}::int[],
      ${attrs.map(({ attr }) => attr)}::int[]
    ) a(ns, attr) on a.ns = t.ns
    join links l on l.app = ${app} and l.attr = a.attr and l.from_id = t.id`)
}

import { sql } from '@/backend/sql/sql'
import type { AppKey, AttrKey } from '../schema/attr'
import type { EntityKey } from '../schema/entity-write'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

/** A link as it is stored. */
export interface StoredLink {
  readonly attr: AttrKey
  readonly from: string
  readonly to: string
}

/** All links at which the entities stand, at either end, also those stored before the entities. */
export async function findLinks(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  entities: readonly (EntityKey & { readonly name: string })[],
): Promise<readonly StoredLink[]> {
  const names = new Map(entities.map(({ namespace, name }) => [namespace, name]))
  const ends = [...names].flatMap(([namespace, name]) => [
    ...schema.linksFrom(name).map(({ key }) => ({ namespace, key, isForward: true })),
    ...schema.linksTo(name).map(({ key }) => ({ namespace, key, isForward: false })),
  ])
  if (ends.length === 0) return []
  return tx.query<StoredLink>(sql`
    select l.attr, l.from_id as from, l.to_id as to
    from unnest(
      ${entities.map(({ namespace }) => namespace)}::int[],
      ${entities.map(({ id }) => id)}::uuid[]
    ) e(ns, id)
    join unnest(
      ${ends.map(({ namespace }) => namespace)}::int[],
      ${ends.map(({ key }) => key)}::int[],
      ${ends.map(({ isForward }) => isForward)}::boolean[]
    ) a(ns, attr, forward) on a.ns = e.ns
    cross join lateral (
      select f.attr, f.from_id, f.to_id from links f
      where a.forward and f.app = ${app} and f.attr = a.attr and f.from_id = e.id
      union all
      select r.attr, r.from_id, r.to_id from links r
      where not a.forward and r.app = ${app} and r.attr = a.attr and r.to_id = e.id
    ) l`)
}

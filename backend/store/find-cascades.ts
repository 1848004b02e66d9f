import { sql } from '@/backend/sql/sql'
import type { JsonObject } from '@/lib/base/json'
import type { AppKey, AttrKey, LinkAttr, NamespaceKey } from '../schema/attr'
import type { EntityKey } from '../schema/entity-write'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

/** Deleting an entity of `near` deletes the entities of `far` at the other end of the link. */
export interface Cascade {
  readonly attr: AttrKey
  readonly near: NamespaceKey
  readonly far: NamespaceKey
  readonly fromForward: boolean
}

/** The cascades that deletions in some namespaces may set off, directly or not. */
export function findCascades(
  schema: Schema,
  namespaces: readonly NamespaceKey[],
): readonly Cascade[] {
  const all = schema.attrs.flatMap((attr) => (attr.kind === 'link' ? cascadesOf(schema, attr) : []))
  const reached = new Set(namespaces)
  const found = new Set<Cascade>()
  for (;;) {
    const more = all.filter((cascade) => reached.has(cascade.near) && !found.has(cascade))
    if (more.length === 0) return [...found]
    for (const cascade of more) {
      found.add(cascade)
      reached.add(cascade.far)
    }
  }
}

function cascadesOf(schema: Schema, attr: LinkAttr): readonly Cascade[] {
  const forward = schema.namespaceKey(attr.forward.namespace)
  const reverse = schema.namespaceKey(attr.reverse.namespace)
  if (forward === undefined || reverse === undefined) return []
  return [
    ...(attr.onDelete ? [{ attr: attr.key, near: reverse, far: forward, fromForward: false }] : []),
    ...(attr.onDeleteReverse
      ? [{ attr: attr.key, near: forward, far: reverse, fromForward: true }]
      : []),
  ]
}

/** An entity, and what rules are told of it. */
export interface EntityParams extends EntityKey {
  readonly params: JsonObject
}

/**
 * The targets and all that would be deleted with them, with the parameters that each has by itself
 * or inherits from the entity whose deletion takes it along: once for every way to have them
 * (contract semantics.md 6.5).
 */
export async function findDoomed(
  tx: Queryable,
  { app, cascades }: { readonly app: AppKey; readonly cascades: readonly Cascade[] },
  {
    targets,
    own,
  }: { readonly targets: readonly EntityKey[]; readonly own: readonly EntityParams[] },
): Promise<readonly EntityParams[]> {
  // `union` drops what is known, so a cycle comes to an end.
  return tx.query<EntityParams>(sql`
    with recursive cascades as materialized (
      select * from unnest(
        ${cascades.map(({ attr }) => attr)}::int[],
        ${cascades.map(({ near }) => near)}::int[],
        ${cascades.map(({ far }) => far)}::int[],
        ${cascades.map(({ fromForward }) => fromForward)}::boolean[]
      ) c(attr, near, far, from_forward)
    ), own as materialized (
      select o.ns, o.id, o.params::jsonb as params from unnest(
        ${own.map(({ namespace }) => namespace)}::int[],
        ${own.map(({ id }) => id)}::uuid[],
        ${own.map(({ params }) => JSON.stringify(params))}::text[]
      ) o(ns, id, params)
    ), doomed(ns, id, params) as (
      select d.ns, d.id, coalesce(o.params, '{}'::jsonb)
      from unnest(
        ${targets.map(({ namespace }) => namespace)}::int[],
        ${targets.map(({ id }) => id)}::uuid[]
      ) d(ns, id)
      left join own o on o.ns = d.ns and o.id = d.id
      union
      select c.far, l.id, d.params || coalesce(o.params, '{}'::jsonb)
      from doomed d
      join cascades c on c.near = d.ns
      cross join lateral (
        select l.to_id as id from links l
        where c.from_forward and l.app = ${app} and l.attr = c.attr and l.from_id = d.id
        union all
        select l.from_id from links l
        where not c.from_forward and l.app = ${app} and l.attr = c.attr and l.to_id = d.id
      ) l
      left join own o on o.ns = c.far and o.id = l.id
    )
    select ns as namespace, id, params from doomed`)
}

import { sql } from '@/backend/sql/sql'
import type { AppKey, Attr, AttrKey } from '../schema/attr'
import type { EntityKey } from '../schema/entity-write'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

/** An entity that lacks what its namespace requires. */
export interface Missing {
  readonly attr: AttrKey
  readonly id: string
}

/**
 * What the entities lack of what their namespaces require: a value that is not null, or a link
 * (contract semantics.md 5.8). An entity that has nothing but links counts as there, and then even
 * its id is missing; one that has nothing at all is gone and lacks nothing. Ordered by attribute.
 */
export async function findMissing(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  touched: readonly (EntityKey & { readonly name: string })[],
): Promise<readonly Missing[]> {
  const names = new Map(touched.map(({ namespace, name }) => [namespace, name]))
  const required = [...names].flatMap(([namespace, name]) =>
    requiredAttrs(schema, name).map((attr) => ({ namespace, attr })),
  )
  if (required.length === 0) return []
  const strict = new Set(required.map(({ namespace }) => namespace))
  const entities = touched.filter(({ namespace }) => strict.has(namespace))
  const links = [...names].flatMap(([namespace, name]) =>
    strict.has(namespace) ? schema.linksFrom(name).map(({ key }) => ({ namespace, key })) : [],
  )
  return tx.query<Missing>(sql`
    select r.attr, t.id
    from unnest(
      ${entities.map(({ namespace }) => namespace)}::int[],
      ${entities.map(({ id }) => id)}::uuid[]
    ) with ordinality t(ns, id, n)
    join unnest(
      ${required.map(({ namespace }) => namespace)}::int[],
      ${required.map(({ attr }) => attr.key)}::int[],
      ${required.map(({ attr }) => (attr.forward.label === 'id' ? 'id' : attr.kind))}::text[]
    ) with ordinality r(ns, attr, kind, n) on r.ns = t.ns
    left join entities e on e.app = ${app} and e.ns = t.ns and e.id = t.id
    where case r.kind
        when 'id' then e.id is null
        when 'data' then coalesce(e.data -> r.attr::text, 'null'::jsonb) = 'null'::jsonb
        else not exists (
          select from links l where l.app = ${app} and l.attr = r.attr and l.from_id = t.id)
      end
      and (e.id is not null or exists (
        select from links l
        join unnest(
          ${links.map(({ namespace }) => namespace)}::int[],
          ${links.map(({ key }) => key)}::int[]
        ) f(ns, attr) on f.attr = l.attr
        where l.app = ${app} and f.ns = t.ns and l.from_id = t.id))
    order by r.n, t.n`)
}

/** Where anything is required, the id is too, and comes first. */
function requiredAttrs(schema: Schema, namespace: string): readonly Attr[] {
  const id = schema.dataAttr(namespace, 'id')
  const others = [...schema.dataAttrs(namespace), ...schema.linksFrom(namespace)]
    .filter((attr) => attr.isRequired && attr !== id)
    .sort((a, b) => a.key - b.key)
  if (others.length === 0 && !id?.isRequired) return []
  return id ? [id, ...others] : others
}

import { EngineError } from '@/backend/engine-error'
import { createAliases, unguarded } from '@/backend/query/compile-context'
import { compileLink, ends } from '@/backend/query/compile-link'
import { type AppKey, dataKey, type LinkEnd } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { join, type Sql, sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import type { Json } from '@/lib/base/json'
import { must } from '@/lib/base/must'

/** A path of labels that rules follow from entities of a namespace (`data.ref`, `auth.ref`). */
export interface RefPath {
  readonly namespace: string
  /** Labels joined by dots: links, and at the end a data attribute or `id`. */
  readonly path: string
}

interface ResolvedPath {
  readonly hops: readonly LinkEnd[]
  readonly namespace: string
  readonly label: string
}

/** Entities of the namespace `start`, and what to follow from them. */
interface Walk extends ResolvedPath {
  readonly start: string
  readonly ids: readonly string[]
}

/** The links of a path and what stands at its end. An unknown label is an error (semantics.md 6.3). */
export function resolveRefPath(schema: Schema, { namespace, path }: RefPath): ResolvedPath {
  const labels = path.split('.')
  const hops: LinkEnd[] = []
  let here = namespace
  for (const label of labels.slice(0, -1)) {
    const link = schema.link(here, label)
    if (!link) throw unknownLabel(here, label)
    hops.push(link)
    here = link.target
  }
  const label = labels[labels.length - 1] ?? ''
  if (!schema.dataAttr(here, label)) throw unknownLabel(here, label)
  return { hops, namespace: here, label }
}

function unknownLabel(namespace: string, label: string): EngineError {
  return new EngineError('record-not-found', 'Record not found: attr', {
    args: [{ etype: namespace, label }],
    'record-type': 'attr',
  })
}

/**
 * All values at the end of the path from each entity, in one statement, past all rules. Entities
 * from which the path leads nowhere are absent.
 */
export async function fetchRefs(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  { ids, ...ref }: RefPath & { readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, readonly Json[]>> {
  return fetchEnds(
    tx,
    { app, schema },
    { ...resolveRefPath(schema, ref), start: ref.namespace, ids },
  )
}

/** The same for a path whose links are known. */
export async function fetchEnds(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  { hops, namespace, label, start: origin, ids }: Walk,
): Promise<ReadonlyMap<string, readonly Json[]>> {
  const namespaceKey = (name: string) =>
    must(schema.namespaceKey(name), 'links lead to namespaces of the schema')
  const context = {
    app,
    namespaceKey,
    instants: new Map<string, number>(),
    guard: unguarded,
    rowFilter: () => null,
    isRowLocal: () => false,
    newAlias: createAliases(),
  }
  const start = { id: sql`p.id`, namespace: origin, data: null }
  const walk = hops.reduce(
    (so, link) => {
      const alias = context.newAlias()
      const there = sql`${alias}.${ends(link.direction).there}`
      const joined = sql`join links ${alias} on ${compileLink(context, { link, alias }, so.at)}`
      return {
        at: { id: there, namespace: link.target, data: null },
        joins: [...so.joins, joined],
      }
    },
    { at: start, joins: [] as Sql[] },
  )
  const attr = must(schema.dataAttr(namespace, label), 'the path has been resolved')
  const value =
    label === 'id' ? sql`to_jsonb(e.id::text)` : sql`(e.data -> ${dataKey(attr.key)}::text)`
  // Over links to one entity at most, no value can come twice, and telling so costs a sort.
  const distinct = hops.every(({ isSingular }) => isSingular) ? sql`` : sql`distinct`
  const rows = await tx.query<{ id: string; value: Json }>(sql`
    select ${distinct} p.id, ${value} as value from unnest(${ids}::uuid[]) p(id)
    ${join(walk.joins, sql` `)}
    join entities e on e.app = ${app} and e.ns = ${namespaceKey(namespace)} and e.id = ${walk.at.id}
    where ${value} is not null`)
  const values = new Map<string, Json[]>()
  for (const row of rows) {
    const list = values.get(row.id)
    if (list) list.push(row.value)
    else values.set(row.id, [row.value])
  }
  return values
}

import { type Sql, sql } from '@/backend/sql/sql'
import type { AppKey, AttrKey, NamespaceKey } from '../schema/attr'
import { indexColumn } from '../schema/attr'
import type { EntityKey, StoredLink } from '../schema/entity-write'
import type { Schema } from '../schema/schema'
import { releaseBlobs } from './blobs'
import type { Queryable } from './database'
import { type Cascade, findCascades } from './find-cascades'

/** What a deletion has taken, and whom it has taken a link from. */
export interface Deletion {
  /** The entities asked for and those that went with them. */
  readonly deleted: readonly EntityKey[]
  /** Entities that pointed at a deleted one. */
  readonly bereft: readonly EntityKey[]
  /** The links that went, whichever end was deleted. */
  readonly links: readonly StoredLink[]
}

/**
 * Deletes entities with all that cascades from them: their values, their links in both directions
 * and their index rows, each in its namespace only (contract semantics.md 5.9). Entities that are
 * not stored are no error, and links from or to them go all the same. The bytes of files are only
 * released: they go once this is committed.
 */
export async function deleteEntities(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  targets: readonly EntityKey[],
): Promise<Deletion> {
  const deleted = await addCascades(
    tx,
    {
      app,
      cascades: findCascades(
        schema,
        targets.map(({ namespace }) => namespace),
      ),
    },
    targets,
  )
  const namespaces = new Set(deleted.map(({ namespace }) => namespace))
  const within = namespacesOf(schema, namespaces)
  await tx.query(sql`
    delete from entities e using ${rows(deleted)}
    where e.app = ${app} and e.ns = d.ns and e.id = d.id`)
  const indexed = within.flatMap(({ key, name }) =>
    schema
      .dataAttrs(name)
      .flatMap((attr) => (indexColumn(attr) ? [[key, attr.indexKey] as const] : [])),
  )
  if (indexed.length > 0) {
    await tx.query(sql`
      delete from index_values v using ${rows(deleted)} join ${attrRows(indexed)} on a.ns = d.ns
      where v.app = ${app} and v.id = d.id and v.attr = a.attr`)
  }
  const from = within.flatMap(({ key, name }) =>
    schema.linksFrom(name).map((attr) => [key, attr.key] as const),
  )
  const cutFrom =
    from.length === 0
      ? []
      : await tx.query<StoredLink>(sql`
          delete from links l using ${rows(deleted)} join ${attrRows(from)} on a.ns = d.ns
          where l.app = ${app} and l.attr = a.attr and l.from_id = d.id
          returning l.attr, l.from_id as from, l.to_id as to`)
  const files = deleted.filter(({ namespace }) => namespace === schema.namespaceKey('$files'))
  if (files.length > 0) {
    await releaseBlobs(
      tx,
      app,
      files.map(({ id }) => id),
    )
  }
  const cutTo = await unlinkTargets(tx, { app, schema, within }, deleted)
  return { deleted, bereft: forwardEnds({ schema, within }, cutTo), links: [...cutFrom, ...cutTo] }
}

async function unlinkTargets(
  tx: Queryable,
  { app, schema, within }: Within,
  deleted: readonly EntityKey[],
): Promise<readonly StoredLink[]> {
  const to = within.flatMap(({ key, name }) =>
    schema.linksTo(name).map((attr) => [key, attr.key] as const),
  )
  if (to.length === 0) return []
  return tx.query<StoredLink>(sql`
    delete from links l using ${rows(deleted)} join ${attrRows(to)} on a.ns = d.ns
    where l.app = ${app} and l.attr = a.attr and l.to_id = d.id
    returning l.attr, l.from_id as from, l.to_id as to`)
}

function forwardEnds(
  { schema, within }: Pick<Within, 'schema' | 'within'>,
  links: readonly StoredLink[],
): readonly EntityKey[] {
  const namespaces = new Map(
    within
      .flatMap(({ name }) => schema.linksTo(name))
      .map((attr) => [attr.key, schema.namespaceKey(attr.forward.namespace)]),
  )
  return links.flatMap(({ attr, from }) => {
    const namespace = namespaces.get(attr)
    return namespace === undefined ? [] : [{ namespace, id: from }]
  })
}

async function addCascades(
  tx: Queryable,
  { app, cascades }: { readonly app: AppKey; readonly cascades: readonly Cascade[] },
  targets: readonly EntityKey[],
): Promise<readonly EntityKey[]> {
  if (cascades.length === 0) return targets
  // `union` drops what is known, so a cycle comes to an end.
  return tx.query<EntityKey>(sql`
    with recursive cascades as materialized (
      select * from unnest(
        ${cascades.map(({ attr }) => attr)}::int[],
        ${cascades.map(({ near }) => near)}::int[],
        ${cascades.map(({ far }) => far)}::int[],
        ${cascades.map(({ fromForward }) => fromForward)}::boolean[]
      ) c(attr, near, far, from_forward)
    ), doomed(ns, id) as (
      select d.ns, d.id from ${rows(targets)}
      union
      select c.far, l.id
      from doomed d
      join cascades c on c.near = d.ns
      cross join lateral (
        select l.to_id as id from links l
        where c.from_forward and l.app = ${app} and l.attr = c.attr and l.from_id = d.id
        union all
        select l.from_id from links l
        where not c.from_forward and l.app = ${app} and l.attr = c.attr and l.to_id = d.id
      ) l
    )
    select ns as namespace, id from doomed`)
}

interface Within {
  readonly app: AppKey
  readonly schema: Schema
  /** The namespaces that something is deleted from. */
  readonly within: readonly Namespace[]
}

interface Namespace {
  readonly key: NamespaceKey
  readonly name: string
}

function namespacesOf(schema: Schema, keys: ReadonlySet<NamespaceKey>): readonly Namespace[] {
  const names = new Set(
    schema.attrs.flatMap(({ forward, reverse }) =>
      reverse ? [forward.namespace, reverse.namespace] : [forward.namespace],
    ),
  )
  return [...names].flatMap((name) => {
    const key = schema.namespaceKey(name)
    return key !== undefined && keys.has(key) ? [{ key, name }] : []
  })
}

function rows(entities: readonly EntityKey[]): Sql {
  return sql`unnest(
    ${entities.map(({ namespace }) => namespace)}::int[],
    ${entities.map(({ id }) => id)}::uuid[]
  ) d(ns, id)`
}

function attrRows(attrs: readonly (readonly [namespace: NamespaceKey, attr: AttrKey])[]): Sql {
  return sql`unnest(
    ${attrs.map(([namespace]) => namespace)}::int[],
    ${attrs.map(([, attr]) => attr)}::int[]
  ) a(ns, attr)`
}

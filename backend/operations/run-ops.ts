import { type AppKey, indexColumn } from '@/backend/schema/attr'
import {
  type EntityKey,
  type EntityWrite,
  entityKey,
  type IndexWrite,
  type LinkWrite,
  type StoredLink,
} from '@/backend/schema/entity-write'
import type { Schema } from '@/backend/schema/schema'
import {
  createTopicCollector,
  entitiesTopic,
  linksTopic,
  type TopicCollector,
  type Topics,
  valuesTopic,
} from '@/backend/schema/topics'
import type { Queryable } from '@/backend/store/database'
import { deleteEntities } from '@/backend/store/delete-entities'
import { noteForJobs } from '@/backend/store/job-entities'
import { judgeValues } from '@/backend/store/judge-values'
import { writeEntities } from '@/backend/store/write-entities'
import { writeIndexValues } from '@/backend/store/write-index-values'
import { deleteLinks, writeLinks } from '@/backend/store/write-links'
import { must } from '@/lib/base/must'
import { checkValues, doubtfulError } from '../transact/check-values'
import { groupOps } from '../transact/group'
import { collectMerges, collectPuts, forgetRows, type Image, keyOf } from '../transact/image'
import type { Group, Op } from '../transact/op'
import { checkRequired } from './check-required'
import type { IdentifiedOps } from './identify-ops'
import { notUnique } from './not-unique'
import { readImage } from './read-image'

interface Context {
  readonly app: AppKey
  readonly schema: Schema
  /** Entities of one topic that are told apart; see Changes. */
  readonly mostIds: number
  /** Asked before deletions are run, when what cascades from them is settled. */
  readonly beforeDelete?: () => Promise<void>
}

/** A transaction under way: what is known of its entities, and which it has touched. */
interface Run extends Context {
  readonly image: Image
  readonly touched: Map<string, EntityKey>
  readonly topics: TopicCollector
}

/**
 * Writes the ops, group by group, and then looks whether every entity they touched has what its
 * namespace requires (contract semantics.md 5.2, 5.8). Throws before anything can be committed.
 * Answers with what has been written. An entity that comes or goes brings all its links with it.
 */
export async function runOps(
  tx: Queryable,
  context: Context,
  { ops, born }: IdentifiedOps,
): Promise<Topics> {
  const { app, schema, mostIds } = context
  const image = await readImage(tx, { app, schema }, { ops, born })
  const topics = createTopicCollector(mostIds)
  const run: Run = { ...context, image, touched: new Map(), topics }
  for (const group of groupOps(ops)) await runGroup(tx, run, group)
  const touched = [...run.touched.values()]
  await checkRequired(tx, { app, schema }, touched)
  await noteForJobs(tx, schema, touched)
  return topics.topics
}

async function runGroup(tx: Queryable, run: Run, group: Group<string>): Promise<void> {
  const { app, schema, image } = run
  switch (group.kind) {
    case 'set': {
      const { writes, links } = collectPuts(schema, image, group.puts)
      await write(tx, run, writes)
      return link(tx, run, [...links, ...group.links])
    }
    case 'merge':
      return write(tx, run, collectMerges(schema, image, group.ops))
    case 'retract':
      touch(
        run,
        group.ops.map((op) => forwardKey(schema, op)),
      )
      noteLinks(run, group.ops.map(asStored))
      return deleteLinks(tx, app, group.ops)
    case 'delete': {
      await run.beforeDelete?.()
      const { deleted, bereft, links } = await deleteEntities(
        tx,
        { app, schema },
        distinct(group.ops.flatMap((op) => deletedKey(schema, op))),
      )
      forgetRows(image, deleted)
      noteEntities(run, deleted)
      noteLinks(run, links)
      return touch(run, [...deleted, ...bereft])
    }
  }
}

async function write(tx: Queryable, run: Run, writes: readonly EntityWrite[]): Promise<void> {
  const { app, schema, mostIds } = run
  const doubtful = checkValues(writes)
  const refused = await judgeValues(tx, doubtful)
  if (refused !== null) throw doubtfulError(must(doubtful[refused], 'judged by its index'))
  const search = { app, schema, mostEntities: mostIds }
  const waiting = await writeEntities(tx, search, writes)
  const clash = await writeIndexValues(tx, app, indexWrites(schema, writes))
  if (clash) throw notUnique(clash.attr, clash.value ?? null)
  touch(run, writes)
  noteWrites(run, writes, waiting)
}

async function link(tx: Queryable, run: Run, ops: readonly LinkWrite[]): Promise<void> {
  const { app, schema } = run
  const links = new Map(
    ops.map((op) => {
      const { attr, from, to } = op
      const isOne = attr.cardinality === 'one'
      return [isOne ? `${attr.key} ${from}` : `${attr.key} ${from} ${to}`, { attr, from, to }]
    }),
  )
  if (links.size === 0) return
  const written = [...links.values()]
  const { clash, replaced } = await writeLinks(tx, app, written)
  if (clash) throw notUnique(clash.attr, clash.to)
  touch(
    run,
    ops.map((op) => forwardKey(schema, op)),
  )
  noteLinks(run, [...written.map(asStored), ...replaced])
}

/** `waiting` are the links that new entities were stored with; null when that is not known. */
function noteWrites(
  run: Run,
  writes: readonly EntityWrite[],
  waiting: readonly StoredLink[] | null,
): void {
  const { topics } = run
  for (const { isNew, id, values } of writes) {
    if (isNew) continue
    for (const { key } of values.keys()) topics.add(valuesTopic(key), [id])
  }
  const fresh = writes.filter(({ isNew }) => isNew)
  noteEntities(run, fresh)
  noteLinks(run, waiting ?? [])
  if (!waiting) noteAllLinks(run, fresh)
}

/** Any link of the namespaces may have been stored before one of these entities. */
function noteAllLinks({ schema, topics }: Run, entities: readonly EntityKey[]): void {
  const names = namespaceNames(schema)
  for (const namespace of new Set(entities.map((entity) => entity.namespace))) {
    const name = names.get(namespace) ?? ''
    const attrs = [...schema.linksFrom(name), ...schema.linksTo(name)]
    for (const { key } of attrs) topics.add(linksTopic(key), null)
  }
}

function noteEntities({ topics }: Run, entities: readonly EntityKey[]): void {
  for (const { namespace, id } of entities) topics.add(entitiesTopic(namespace), [id])
}

function noteLinks({ topics }: Run, links: readonly StoredLink[]): void {
  for (const { attr, from, to } of links) topics.add(linksTopic(attr), [from, to])
}

function asStored({ attr, from, to }: LinkWrite): StoredLink {
  return { attr: attr.key, from, to }
}

/** The index rows to write: of a new entity all, of another those whose value is written. */
function indexWrites(
  schema: Schema,
  writes: readonly EntityWrite[],
): readonly (IndexWrite & { readonly isNew: boolean })[] {
  const names = namespaceNames(schema)
  return writes.flatMap(({ namespace, id, isNew, values }) => {
    const attrs = isNew ? schema.dataAttrs(names.get(namespace) ?? '') : [...values.keys()]
    return attrs
      .filter((attr) => indexColumn(attr) !== null)
      .map((attr) => ({ attr, id, isNew, value: values.get(attr) }))
  })
}

function touch({ touched }: Run, keys: readonly EntityKey[]): void {
  for (const { namespace, id } of keys) touched.set(entityKey({ namespace, id }), { namespace, id })
}

function forwardKey(schema: Schema, { attr, from }: LinkWrite): EntityKey {
  return keyOf(schema, { namespace: attr.forward.namespace, entity: from })
}

/** Nothing is in a namespace that nobody has named yet, so nothing can be deleted from it. */
function deletedKey(
  schema: Schema,
  op: Extract<Op<string>, { kind: 'delete' }>,
): readonly EntityKey[] {
  return schema.namespaceKey(op.namespace) === undefined ? [] : [keyOf(schema, op)]
}

function distinct(keys: readonly EntityKey[]): readonly EntityKey[] {
  return [...new Map(keys.map((key) => [entityKey(key), key])).values()]
}

function namespaceNames(schema: Schema) {
  return new Map(schema.namespaces.map((name) => [schema.namespaceKey(name), name]))
}

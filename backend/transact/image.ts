import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import type { DataAttr } from '../schema/attr'
import { type EntityKey, type EntityWrite, entityKey, type LinkWrite } from '../schema/entity-write'
import type { Schema } from '../schema/schema'
import { deepMerge } from './deep-merge'
import type { Lookup, OpOf } from './op'

/** What is known of an entity at this point of the transaction. */
export interface Row {
  readonly isStored: boolean
  /** Values by attribute key from before the transaction; null when no op asks for them. */
  readonly data: JsonObject | null
  /** What groups have written over them, the latest last. */
  readonly written: readonly ReadonlyMap<DataAttr, Json>[]
}

/** The entities that a transaction touches, kept in step with what its groups have written. */
export type Image = Map<string, Row>

const missing: Row = { isStored: false, data: null, written: [] }

/** The row of an entity; one that is not stored when it has none. */
export function rowOf(image: Image, key: EntityKey): Row {
  return image.get(entityKey(key)) ?? missing
}

/** Notes that the entities are gone. */
export function forgetRows(image: Image, keys: readonly EntityKey[]): void {
  for (const key of keys) image.set(entityKey(key), missing)
}

interface Patch extends EntityKey {
  readonly name: string
  readonly values: Map<DataAttr, Json>
  readonly lookups: Lookup[]
}

/**
 * What a group of puts writes: the last value of an attribute wins. An entity that is made here
 * also gets the value it was looked up by, and a null for each indexed attribute without a value
 * (contract semantics.md 1, 5.2, 5.4).
 */
export function collectPuts(
  schema: Schema,
  image: Image,
  puts: readonly OpOf<'put', string>[],
): { readonly writes: readonly EntityWrite[]; readonly links: readonly LinkWrite[] } {
  const patches = collectPatches(schema, puts)
  const fresh = new Set(patches.filter((patch) => !rowOf(image, patch).isStored))
  for (const patch of fresh) fillNew(schema, patch)
  return {
    writes: patches.map((patch) => note(image, { ...patch, isNew: fresh.has(patch) })),
    links: [...fresh].flatMap(({ id, lookups }) =>
      lookups.flatMap(({ attr, value }) =>
        attr.kind === 'link' ? [{ attr, from: id, to: String(value) }] : [],
      ),
    ),
  }
}

function fillNew(schema: Schema, { name, values, lookups }: Patch): void {
  for (const { attr, value } of lookups) {
    if (attr.kind === 'data' && !values.has(attr)) values.set(attr, value)
  }
  for (const attr of schema.dataAttrs(name)) {
    if (getsNull(attr) && !values.has(attr)) values.set(attr, null)
  }
}

/**
 * What a group of merges writes: each is applied in turn to what is there. An entity that is gone
 * by now stays gone.
 */
export function collectMerges(
  schema: Schema,
  image: Image,
  merges: readonly OpOf<'merge', string>[],
): readonly EntityWrite[] {
  const stored = merges.filter((op) => rowOf(image, keyOf(schema, op)).isStored)
  return collectPatches(schema, stored, (current, patch, { attr, key }) => {
    return deepMerge(current === undefined ? currentValue(rowOf(image, key), attr) : current, patch)
  }).map((patch) => note(image, { ...patch, isNew: false }))
}

type Combine = (
  current: Json | undefined,
  value: Json,
  at: { readonly attr: DataAttr; readonly key: EntityKey },
) => Json

function collectPatches(
  schema: Schema,
  ops: readonly OpOf<'put' | 'merge', string>[],
  combine: Combine = (_current, value) => value,
): readonly Patch[] {
  const patches = new Map<string, Patch>()
  for (const op of ops) {
    const key = keyOf(schema, op)
    const patch = patches.get(entityKey(key)) ?? createPatch(key, op.namespace)
    patches.set(entityKey(key), patch)
    if (op.kind === 'put' && op.lookup) patch.lookups.push(op.lookup)
    for (const [attr, value] of op.values) {
      patch.values.set(attr, combine(patch.values.get(attr), value, { attr, key }))
    }
  }
  return [...patches.values()]
}

function createPatch(key: EntityKey, name: string): Patch {
  return { ...key, name, values: new Map(), lookups: [] }
}

function note(image: Image, write: EntityWrite): EntityWrite {
  const { data, written } = rowOf(image, write)
  image.set(entityKey(write), { isStored: true, data, written: [...written, write.values] })
  return write
}

function currentValue({ data, written }: Row, attr: DataAttr): Json | undefined {
  const latest = written.findLast((values) => values.has(attr))
  return latest ? latest.get(attr) : data?.[String(attr.key)]
}

/** Whether an entity without a value for the attribute is given a null (semantics.md 1, 2.2). */
function getsNull(attr: DataAttr): boolean {
  return attr.isIndexed && attr.catalog === 'user' && attr.forward.label !== 'id'
}

/** The compact key of the entity that an op is about. */
export function keyOf(
  schema: Schema,
  { namespace, entity }: { readonly namespace: string; readonly entity: string },
): EntityKey {
  return {
    namespace: must(schema.namespaceKey(namespace), 'a namespace is stored with its attributes'),
    id: entity,
  }
}

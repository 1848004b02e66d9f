import type { AppKey } from '@/backend/schema/attr'
import { type EntityKey, entityKey } from '@/backend/schema/entity-write'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import { findLinked, lockEntities } from '@/backend/store/read-entities'
import { checkModes } from '../transact/check-modes'
import { type Image, keyOf } from '../transact/image'
import type { OpOf } from '../transact/op'
import type { IdentifiedOps } from './identify-ops'

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

/**
 * Locks the entities whose values the ops write, and answers with what is stored of them. Refuses
 * steps whose mode wants something else of an entity than what is so now (semantics.md 5.3).
 */
export async function readImage(
  tx: Queryable,
  { app, schema }: Context,
  { ops, born }: IdentifiedOps,
): Promise<Image> {
  const wanted = new Map<string, EntityKey & { readonly wantsData: boolean }>()
  for (const op of ops) {
    if (op.kind !== 'put' && op.kind !== 'merge') continue
    if (born.has(op.entity)) continue
    const key = keyOf(schema, op)
    const wantsData = op.kind === 'merge' || (wanted.get(entityKey(key))?.wantsData ?? false)
    wanted.set(entityKey(key), { ...key, wantsData })
  }
  const image: Image = new Map(
    (await lockEntities(tx, app, [...wanted.values()])).map((row) => [
      entityKey(row),
      { isStored: true, data: row.data, written: [] },
    ]),
  )
  const checked = ops.filter(
    (op): op is OpOf<'put', string> => op.kind === 'put' && op.mode !== null,
  )
  const linked = await readLinked(tx, { app, schema }, { image, puts: checked })
  checkModes(
    checked.flatMap(({ mode, facts, lookup, ...op }) => {
      const key = entityKey(keyOf(schema, op))
      const printed = lookup ? `[${lookup.attr.id} ${JSON.stringify(lookup.value)}]` : op.entity
      const existed = image.has(key) || linked.has(key)
      return mode ? [{ mode, existed, printed, facts }] : []
    }),
  )
  return image
}

/** An entity without values exists all the same once a link starts at it. */
async function readLinked(
  tx: Queryable,
  { app, schema }: Context,
  { image, puts }: { readonly image: Image; readonly puts: readonly OpOf<'put', string>[] },
): Promise<ReadonlySet<string>> {
  const unknown = puts.filter((op) => !image.has(entityKey(keyOf(schema, op))))
  const names = [...new Set(unknown.map(({ namespace }) => namespace))]
  const attrs = names.flatMap((name) =>
    schema.linksFrom(name).flatMap(({ key }) => {
      const namespace = schema.namespaceKey(name)
      return namespace === undefined ? [] : [{ namespace, attr: key }]
    }),
  )
  const entities = unknown.map((op) => keyOf(schema, op))
  return new Set((await findLinked(tx, app, { entities, attrs })).map(entityKey))
}

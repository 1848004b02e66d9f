import type { AppKey } from '@/backend/schema/attr'
import { type EntityKey, entityKey } from '@/backend/schema/entity-write'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import { readRows } from '@/backend/store/read-rows'
import { type Entity, type FindRow, keyOf } from './write-state'

/** Reads the rows of entities, each once, as they are at this point of the transaction. */
export type ReadEntities = (entities: readonly Entity[]) => Promise<FindRow>

export function createRowReader(
  { tx, app }: { readonly tx: Queryable; readonly app: AppKey },
  schema: Schema,
): ReadEntities {
  return async (entities) => {
    const distinct = new Map(entities.map((entity) => [keyOf(entity), entity]))
    const keys = [...distinct.values()].flatMap((entity) => toEntityKey(schema, entity) ?? [])
    const rows = await readRows(tx, { app, schema }, keys)
    return (entity) => {
      const key = toEntityKey(schema, entity)
      return (key && rows.get(entityKey(key))) ?? null
    }
  }
}

/** Null in a namespace that the app does not have, where nothing can be. */
export function toEntityKey(schema: Schema, { namespace, id }: Entity): EntityKey | null {
  const key = schema.namespaceKey(namespace)
  return key === undefined ? null : { namespace: key, id }
}

import { createHash } from 'node:crypto'
import type { JsonObject } from '@/lib/base/json'
import type { Schema } from './schema'
import { developerAttrs, toWireSchema } from './schema-wire'

const tags = new WeakMap<Schema, JsonObject>()

/**
 * What stands for a schema as developers are told it, as answers tell it: the same only for the same schema,
 * of whichever app and store. A version would not do, since another store counts up to it as well.
 */
export function tagOf(schema: Schema): JsonObject {
  const known = tags.get(schema)
  if (known !== undefined) return known
  const text = JSON.stringify(toWireSchema(developerAttrs(schema.attrs)))
  const tag = { 'schema-tag': createHash('sha256').update(text).digest('base64url') }
  tags.set(schema, tag)
  return tag
}

import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'
import { loadSchema } from './load-schema'

/** Reads the schema that an app has in the snapshot of a transaction. */
export type ReadSchema = (tx: Queryable, app: AppKey) => Promise<Schema>

const maxApps = 1_000

/**
 * A reader that keeps the schemas it has read and reads one again only when the app's version has
 * moved on. For read transactions only: what a write transaction sees may be rolled back.
 */
export function createSchemaReader(): ReadSchema {
  const known = new Map<AppKey, Schema>()
  return async (tx, app) => {
    const rows = await tx.query<{ schema_version: number }>(
      sql`select schema_version from apps where key = ${app}`,
    )
    const cached = known.get(app)
    if (cached && cached.version === rows[0]?.schema_version) return cached
    const schema = await loadSchema(tx, app)
    known.delete(app)
    known.set(app, schema)
    const oldest = known.keys().next()
    if (known.size > maxApps && !oldest.done) known.delete(oldest.value)
    return schema
  }
}

import type { Schema } from '../schema/schema'
import { type AppReader, createAppReader } from './app-reader'
import { loadSchema, readSchemaVersion } from './load-schema'

/** Reads the schema that an app has in the snapshot of a transaction. */
export type ReadSchema = AppReader<Schema>

/** A reader of the schemas of apps. */
export function createSchemaReader(): ReadSchema {
  return createAppReader({
    mostApps: 1_000,
    readVersion: readSchemaVersion,
    async read(tx, app) {
      const value = await loadSchema(tx, app)
      return { version: value.version, value }
    },
  })
}

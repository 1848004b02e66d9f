import { type Changes, createChanges } from '@/backend/live/changes'
import type { Database } from '@/backend/store/database'
import { createSchemaReader, type ReadSchema } from '@/backend/store/schema-reader'

/** What every operation works with: one per process and store. */
export interface Engine {
  readonly db: Database
  readonly readSchema: ReadSchema
  readonly changes: Changes
}

/** An engine over a migrated store. */
export function createEngine(db: Database): Engine {
  return { db, readSchema: createSchemaReader(), changes: createChanges(db) }
}

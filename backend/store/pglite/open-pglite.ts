import { existsSync } from 'node:fs'
import { sql } from '@/backend/sql/sql'
import type { Database } from '../database'
import { type DataDirectory, isDamaged, prepareDataDirectory } from './data-directory'
import { DurableFiles } from './durable-files'
import { initialize } from './initialize'
import { acquireOwnerLock } from './owner-lock'
import { PgliteDatabase } from './pglite-database'
import { startEngine } from './pglite-engine'

interface Location {
  readonly dataDir: string
  /** What a new database starts from, instead of seconds of `initdb`; for tests. */
  readonly template?: Blob | null
}

/**
 * Opens the database in the data directory, which is created when it does not exist. Until it
 * is closed no other process can open it. Open it before anything else is put into a new data
 * directory: one with other files in it is taken for somebody else's.
 */
export async function openPglite({ dataDir, template = null }: Location): Promise<Database> {
  const directory = prepareDataDirectory(dataDir)
  const lock = await acquireOwnerLock(directory.path)
  try {
    if (!existsSync(directory.files)) await initialize(directory, template)
    return await open(directory, () => lock.release())
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function open(directory: DataDirectory, onClose: () => Promise<void>): Promise<Database> {
  const files = new DurableFiles(directory.files)
  const engine = await startEngine({ fs: files }, { isDurable: true }).catch((error: Error) => {
    throw isDamaged(directory, error.message)
  })
  const database = new PgliteDatabase(engine, { onClose })
  await database.query(sql`create schema if not exists understudy`)
  return database
}

import { existsSync } from 'node:fs'
import { sql } from '@/backend/sql/sql'
import type { Database } from '../database'
import { type DataDirectory, prepareDataDirectory } from './data-directory'
import { DurableFiles } from './durable-files'
import { initialize } from './initialize'
import { acquireOwnerLock } from './owner-lock'
import { PgliteDatabase } from './pglite-database'
import { startEngine } from './pglite-engine'

/**
 * Opens the database in the data directory, which is created when it does not exist. Until it
 * is closed no other process can open it. Open it before anything else is put into a new data
 * directory: one with other files in it is taken for somebody else's.
 */
export async function openPglite({ dataDir }: { dataDir: string }): Promise<Database> {
  const directory = prepareDataDirectory(dataDir)
  const lock = await acquireOwnerLock(directory.path)
  try {
    return await open(directory, () => lock.release())
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function open(directory: DataDirectory, onClose: () => Promise<void>): Promise<Database> {
  if (!existsSync(directory.files)) await initialize(directory)
  const engine = await startEngine({ fs: new DurableFiles(directory.files) }, { isDurable: true })
  const database = new PgliteDatabase(engine, { onClose })
  await database.query(sql`create schema if not exists understudy`)
  return database
}

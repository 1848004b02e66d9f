import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from '@/backend/sql/sql'
import { DurableFiles } from './durable-files'
import { PgliteDatabase } from './pglite-database'
import { startEngine } from './pglite-engine'

/** Opens the database in the data directory, which is created when it does not exist. */
export async function openPglite({ dataDir }: { dataDir: string }): Promise<PgliteDatabase> {
  const files = join(dataDir, 'postgres')
  mkdirSync(files, { recursive: true, mode: 0o700 })
  const engine = await startEngine({ fs: new DurableFiles(files) }, { isDurable: true })
  const database = new PgliteDatabase(engine)
  await database.query(sql`create schema if not exists understudy`)
  return database
}

import type { Database } from './database'
import { PgliteDatabase } from './pglite-database'
import { startEngine } from './pglite-engine'
import { readTemplate } from './test-template'

/** A fresh database with the empty schema `understudy`; close it when the test file ends. */
export async function openTestDatabase(): Promise<Database> {
  return new PgliteDatabase(
    await startEngine({ loadDataDir: await readTemplate() }, { isDurable: false }),
  )
}

import type { Database } from './database'
import { PgliteDatabase } from './pglite/pglite-database'
import { startEngine } from './pglite/pglite-engine'
import { readTemplate } from './test-template'

/** A fresh database with the empty schema `understudy`; close it when the test file ends. */
export async function openTestDatabase(): Promise<Database> {
  const engine = await startEngine({ loadDataDir: await readTemplate() }, { isDurable: false })
  return new PgliteDatabase(engine, { onClose: async () => {} })
}

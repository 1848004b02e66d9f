import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Database } from './database'
import { PgliteDatabase } from './pglite/pglite-database'
import { startEngine } from './pglite/pglite-engine'
import { openPostgres } from './postgres/open-postgres'
import { refuseReentry } from './refuse-reentry'
import { readTemplate } from './test-template'

/**
 * A fresh database with the empty schema `understudy`: PGlite in memory, or, if DATABASE_URL is
 * set, a database of its own on that server. Close it when the test file ends.
 */
export function openTestDatabase(): Promise<Database> {
  const { DATABASE_URL: url } = process.env
  return url ? openPostgresForTest(url) : openPgliteForTest()
}

/** For tests that hold both drivers to the same behaviour: `describe.each(testDatabases)`. */
export const testDatabases: readonly { kind: Database['kind']; open: () => Promise<Database> }[] = [
  { kind: 'pglite', open: openPgliteForTest },
  ...(process.env.DATABASE_URL ? [{ kind: 'postgres', open: openTestDatabase } as const] : []),
]

async function openPgliteForTest(): Promise<Database> {
  const engine = await startEngine({ loadDataDir: await readTemplate() }, { isDurable: false })
  return refuseReentry(new PgliteDatabase(engine, { onClose: async () => {} }))
}

async function openPostgresForTest(url: string): Promise<Database> {
  const own = await createPostgresDatabase(url)
  const database = await openPostgres({ connectionString: own.url })
  return {
    kind: database.kind,
    wakeups: database.wakeups,
    query: (statement) => database.query(statement),
    transaction: (work, mode) => database.transaction(work, mode),
    maintain: () => database.maintain(),
    close: async () => {
      await database.close()
      await own.drop()
    },
  }
}

/** A new database on the server of `url`, whose role has to be allowed to create one. */
export async function createPostgresDatabase(
  url: string,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `understudy_test_${randomUUID().slice(0, 8)}`
  await command(url, `create database ${name} template template0 encoding 'UTF8'`)
  const address = new URL(url)
  address.pathname = `/${name}`
  return {
    url: address.href,
    drop: () => command(url, `drop database if exists ${name} with (force)`),
  }
}

async function command(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(text)
  await client.end()
}

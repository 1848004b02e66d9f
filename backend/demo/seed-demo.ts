import { randomUUID } from 'node:crypto'
import { findAppByToken, hashToken } from '@/backend/auth/admin-token'
import type { Engine } from '@/backend/operations/engine'
import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { Database, Queryable } from '@/backend/store/database'
import { bulkLoad } from './bulk-load'
import {
  connectionsFile,
  moveConnections,
  readConnections,
  saveConnection,
} from './connections-file'
import { demoTables } from './data'
import { demoAppId, demoTitle } from './demo-app'
import { demoTotal } from './plan'
import { insertSeedApp } from './seed-app'
import { noteSeedFiles, putSeedFiles } from './seed-files'

/**
 * Sees to it that the store has the demo app and that the data directory's list of connections has
 * a token to it and the address at which the backend now is. Everything of the app is written in
 * one transaction, so it is never there by half, also when several processes start at once.
 */
export async function seedDemo(
  { db, files }: Engine,
  { dataDir, apiURI }: { readonly dataDir: string; readonly apiURI: string },
): Promise<void> {
  const file = connectionsFile(dataDir)
  const adminToken = randomUUID()
  // Before the rows, so that no row is without its bytes; of several processes all put the same.
  if (!(await hasDemo(db))) await putSeedFiles(files.blobs, demoSource)
  if (await insertDemo(db, adminToken)) {
    await saveConnection(file, { title: demoTitle, apiURI, appId: demoAppId, adminToken })
    await db.maintain()
  } else if (!(await hasToken(db, file))) {
    await insertToken(db, adminToken)
    await saveConnection(file, { title: demoTitle, apiURI, appId: demoAppId, adminToken })
  }
  await moveConnections(file, { appIds: await ownApps(db, file), apiURI })
}

const demoSource = { appId: demoAppId, total: demoTotal }

async function hasDemo(db: Queryable): Promise<boolean> {
  const found = await db.query(sql`select 1 as found from apps where id = ${demoAppId}::uuid`)
  return found.length > 0
}

/** False when the store had it already. */
function insertDemo(db: Database, adminToken: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Another process may be at the same point: one of them makes it, the others find it made.
    await tx.query(sql`lock table apps in share row exclusive mode`)
    if (await hasDemo(tx)) return false
    const target = await insertSeedApp(tx, { id: demoAppId, title: demoTitle, adminToken })
    await bulkLoad((work) => work(tx), target, { tables: demoTables(demoTotal) })
    await noteSeedFiles(tx, demoSource)
    return true
  })
}

async function hasToken(db: Database, file: string): Promise<boolean> {
  const known = (await readConnections(file)).find(({ appId }) => appId === demoAppId)
  if (!known) return false
  return (await findAppByToken(db, { appId: demoAppId, token: known.adminToken })) !== null
}

async function insertToken(db: Database, token: string): Promise<void> {
  const rows = await db.query<{ key: AppKey }>(
    sql`select key from apps where id = ${demoAppId}::uuid`,
  )
  for (const { key } of rows) {
    await db.query(sql`insert into admin_tokens (app, hash) values (${key}, ${hashToken(token)})`)
  }
}

/** Of the apps in the list, those that are in this store. */
async function ownApps(db: Database, file: string): Promise<ReadonlySet<string>> {
  const listed = (await readConnections(file)).map(({ appId }) => appId)
  const rows = await db.query<{ id: string }>(
    sql`select id from apps where id::text = any(${listed}::text[])`,
  )
  return new Set(rows.map(({ id }) => id))
}

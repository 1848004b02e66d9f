import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findAppByToken } from '@/backend/auth/admin-token'
import type { Engine } from '@/backend/operations/engine'
import { openTestEngine } from '@/backend/operations/testing'
import { sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import { connectionsFile, readConnections, saveConnection } from './connections-file'
import { demoTables } from './data'
import { demoAppId } from './demo-app'
import { demoFiles } from './knowledge'
import { demoTotal } from './plan'
import { recordId } from './random'
import { seedDemo } from './seed-demo'

const apiURI = 'http://127.0.0.1:8888'

let engine: Engine
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-demo-'))
  engine = await openTestEngine()
  await seedDemo(engine, { dataDir, apiURI })
})

afterAll(async () => {
  await engine?.db.close()
  await rm(dataDir, { recursive: true })
})

test('every record and every link is stored', async () => {
  const tables = demoTables(demoTotal).map(({ records }) => [...records()])
  const links = tables.flat().flatMap((record) => Object.values(record.links).flat())

  expect(await count('entities')).toBe(demoTotal)
  expect(await count('links')).toBe(links.length)
})

test('the connection that was saved opens the app', async () => {
  const [connection] = await readConnections(connectionsFile(dataDir))
  const { appId, adminToken } = must(connection, 'seeding saves a connection')

  expect(appId).toBe(demoAppId)
  expect(await findAppByToken(engine.db, { appId, token: adminToken })).not.toBeNull()
})

test('every file has the bytes that its row tells of, and they go with it', async () => {
  for (const { id, locationId, bytes } of demoFiles(demoTotal)) {
    const stored = await engine.files.blobs.get({ appId: demoAppId, locationId }, null)
    expect(Buffer.from(await new Response(stored).arrayBuffer())).toEqual(bytes)
    const [noted] = await engine.db.query(sql`
      select location_id from blobs where file_id = ${id} and app_id = ${demoAppId}`)
    expect(noted).toEqual({ location_id: locationId })
  }
})

test('index values are what the store itself would have made of the data', async () => {
  const different = await engine.db.query(sql`
    select a.namespace, a.label, v.vn, v.vt, e.data -> a.key::text as value
    from index_values v
    join attrs a on a.app = v.app and a.key = v.attr
    join namespaces n on n.app = v.app and n.name = a.namespace
    join entities e on e.app = v.app and e.ns = n.key and e.id = v.id
    where v.vn is distinct from
        case when not v.is_text then index_number(e.data -> a.key::text, a.checked_type) end
      or v.vt is distinct from
        case when v.is_text then index_text(e.data -> a.key::text, a.checked_type) end`)

  expect(different).toEqual([])
})

test('every entity has its row for every indexed attribute, and its null', async () => {
  const missing = await engine.db.query(sql`
    select a.namespace, a.label
    from attrs a
    join namespaces n on n.app = a.app and n.name = a.namespace
    join entities e on e.app = a.app and e.ns = n.key
    where (a.is_indexed or a.is_unique) and a.kind = 'data' and a.label <> 'id'
      and (not e.data ? a.key::text
        or not exists (select from index_values v where v.app = a.app and v.id = e.id and v.attr = a.key))
    limit 5`)

  expect(missing).toEqual([])
})

test('a second start changes nothing but the address', async () => {
  const before = await readConnections(connectionsFile(dataDir))
  await seedDemo(engine, { dataDir, apiURI: 'http://127.0.0.1:9999' })
  const after = await readConnections(connectionsFile(dataDir))

  expect(await count('entities')).toBe(demoTotal)
  expect(after).toEqual(before.map((each) => ({ ...each, apiURI: 'http://127.0.0.1:9999' })))
})

test('a lost connection gets a new token, and one to another place stays as it is', async () => {
  const file = connectionsFile(dataDir)
  await rm(file)
  const other = { title: 'Other', apiURI: 'http://x', appId: recordId('x', 1), adminToken: 'x' }
  await saveConnection(file, other)
  await seedDemo(engine, { dataDir, apiURI })
  const [first, second] = await readConnections(file)

  expect(first).toEqual(other)
  expect(
    await findAppByToken(engine.db, { appId: demoAppId, token: second?.adminToken ?? '' }),
  ).not.toBeNull()
})

async function count(table: 'entities' | 'links'): Promise<number> {
  const rows = await engine.db.query<{ n: number }>(
    table === 'entities'
      ? sql`select count(*) as n from entities`
      : sql`select count(*) as n from links`,
  )
  return rows[0]?.n ?? 0
}

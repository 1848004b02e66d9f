import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findAppByToken } from '@/backend/auth/admin-token'
import { findApp } from '@/backend/auth/find-app'
import { connectionsFile, readConnections } from '@/backend/demo/connections-file'
import { demoAppId } from '@/backend/demo/demo-app'
import { seedDemo } from '@/backend/demo/seed-demo'
import { admin } from '@/backend/operations/actor'
import { createEngine, type Engine } from '@/backend/operations/engine'
import { runQuery } from '@/backend/operations/query'
import { createTestApp, findIndexErrors, openTestEngine, uuid } from '@/backend/operations/testing'
import { transact } from '@/backend/operations/transact'
import { sql } from '@/backend/sql/sql'
import type { Database } from '@/backend/store/database'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { testDatabases } from '@/backend/store/testing'
import { must } from '@/lib/base/must'
import { exportTo, importFrom } from './dump-file'

let folder: string
let file: string
let original: Engine
const ignore = () => undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-move-'))
  file = join(folder, 'store.gz')
  original = await openTestEngine()
  await seedDemo(original, { dataDir: folder, apiURI: 'http://127.0.0.1:8888' })
  await exportTo(original.db, file, ignore)
})

afterAll(async () => {
  await original.db.close()
  await rm(folder, { recursive: true })
})

describe.each(testDatabases)('into $kind', ({ open }) => {
  let db: Database
  let engine: Engine

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    engine = createEngine(db, { files: original.files })
  })
  afterAll(() => db.close())

  test('a dump that is cut short, or was changed, leaves the store empty', async () => {
    const text = gunzipSync(await readFile(file)).toString()
    const lines = text.trimEnd().split('\n')
    for (const [broken, reason] of [
      [lines.slice(0, -1).join('\n'), 'its end is missing'],
      [lines.toSpliced(-2, 1).join('\n'), 'checksum does not match'],
      [text.replace('Fernwood', 'Fernwoob'), 'checksum does not match'],
      ['{"rows":[]}', 'does not begin like one'],
      ['nonsense', 'not JSON'],
    ]) {
      const path = join(folder, 'broken.gz')
      await writeFile(path, gzipSync(`${broken}\n`))
      await expect(importFrom(db, path, ignore)).rejects.toThrow(reason)
    }
    await writeFile(join(folder, 'cut.gz'), (await readFile(file)).subarray(0, 5_000))
    await expect(importFrom(db, join(folder, 'cut.gz'), ignore)).rejects.toThrow('cut.gz')
    await expect(importFrom(db, join(folder, 'none.gz'), ignore)).rejects.toThrow('none.gz')
    expect(await db.query(sql`select count(*)::int as count from apps`)).toEqual([{ count: 0 }])
  })

  test('everything is there again: answers, tokens, indexes and the key to links', async () => {
    let bytes = 0
    const rows = await importFrom(db, file, (read) => {
      bytes = read
    })
    expect(bytes).toBe((await stat(file)).size)
    expect(rows).toBeGreaterThan(4_000)

    const app = must(await findApp(db, demoAppId), 'the demo app was imported')
    expect(await findIndexErrors(engine, app)).toEqual([])
    const [connection] = await readConnections(connectionsFile(folder))
    const token = must(connection, 'seeding saves one').adminToken
    expect(await findAppByToken(db, { appId: demoAppId, token })).toBe(app)
    const query = {
      tickets: { $: { order: { serverCreatedAt: 'desc' }, limit: 50 }, comments: {} },
      $users: {},
      $files: {},
    }
    const ask = async (of: Engine) =>
      (
        await runQuery(of, {
          app: must(await findApp(of.db, demoAppId), 'the demo app'),
          actor: admin,
          requestOrigin: { ip: null, origin: null },
          query,
          isInferred: false,
          wantsPageInfo: false,
        })
      ).tree
    expect(await ask(engine)).toEqual(await ask(original))
    const secrets = sql`select name, value from secrets order by name`
    expect(await db.query(secrets)).toEqual(await original.db.query(secrets))
  })

  test('what is added afterwards gets numbers of its own', async () => {
    const app = must(await findApp(db, demoAppId), 'the demo app was imported')
    const [before] = await db.query<{ id: number }>(sql`select max(id) as id from transactions`)
    const id = crypto.randomUUID()
    const { txId } = await transact(engine, {
      app,
      actor: admin,
      steps: [['update', 'novelties', id, { name: 'x' }]],
      throwOnMissingAttrs: false,
    })
    expect(txId).toBeGreaterThan(before?.id ?? 0)
    expect(await findIndexErrors(engine, app)).toEqual([])
  })

  test('a store with something in it is left alone', async () => {
    await expect(importFrom(db, file, ignore)).rejects.toThrow('is not empty')
  })
})

test('rows with long values come in lines that are no longer than a few of them', async () => {
  const engine = await openTestEngine()
  const app = await createTestApp(engine)
  const texts = Array.from({ length: 5 }, (_, n) => `${n}`.repeat(2_000_000))
  for (const [n, text] of texts.entries()) await app.write(['create', 'notes', uuid(n), { text }])
  const long = join(folder, 'long.gz')
  await exportTo(engine.db, long, ignore)
  await engine.db.close()

  const lines = gunzipSync(await readFile(long))
    .toString()
    .split('\n')
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(4_100_000)
  const again = await openTestEngine()
  await importFrom(again.db, long, ignore)
  const rows = await again.db.query<{ data: Record<string, string> }>(
    sql`select data from entities order by id`,
  )
  expect(rows.map(({ data }) => Object.values(data)[0])).toEqual(texts)
  await again.db.close()
}, 60_000)

test('an export is for its owner alone, and there only when it is complete', async () => {
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const failing = exportTo(original.db, join(folder, 'missing', 'x.gz'), ignore)
  await expect(failing).rejects.toThrow()
})

import fs from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import type { Database } from '../database'
import { readTemplate } from '../test-template'
import { openPglite } from './open-pglite'

/** Paths of the files that were synced, in order, since the last `countSyncs`. */
let syncs = 0
const { fsyncSync } = fs
let dataDir: string
let db: Database

beforeAll(async () => {
  fs.fsyncSync = (file) => {
    syncs += 1
    fsyncSync(file)
  }
  syncBuiltinESMExports()
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-'))
  db = await openPglite({ dataDir, template: await readTemplate() })
  await db.query(sql`create table things (a int)`)
  // The first commit of a log file syncs the name of the file as well.
  await insert(0)
})

afterAll(async () => {
  await db.close()
  fs.fsyncSync = fsyncSync
  syncBuiltinESMExports()
  await rm(dataDir, { recursive: true })
})

test('each of 20 commits, one after another, is synced once', async () => {
  const count = await countSyncs(async () => {
    for (let n = 0; n < 20; n += 1) await insert(n)
  })

  expect(count).toBe(20)
})

test('a statement outside a transaction is synced like one inside', async () => {
  expect(await countSyncs(() => db.query(sql`insert into things values (1)`))).toBe(1)
})

test('commits that come together share a sync, and none resolves before it', async () => {
  let acknowledgedUnsynced = 0
  const count = await countSyncs(() =>
    Promise.all(
      Array.from({ length: 32 }, async (_, n) => {
        await insert(n)
        if (syncs === 0) acknowledgedUnsynced += 1
      }),
    ),
  )

  expect(count).toBeGreaterThanOrEqual(1)
  expect(count).toBeLessThan(8)
  expect(acknowledgedUnsynced).toBe(0)
})

test('the last of a group may fail: those before it are on disk before they resolve', async () => {
  const outcomes: string[] = []
  const count = await countSyncs(() =>
    Promise.all([
      insert(1).then(() => outcomes.push(`acknowledged after ${syncs}`)),
      db.transaction((tx) => tx.query(sql`select 1 / 0`)).catch(() => outcomes.push('failed')),
    ]),
  )

  expect(count).toBe(1)
  expect(outcomes.toSorted()).toEqual(['acknowledged after 1', 'failed'])
})

test('a commit does not wait for a long transaction behind it', async () => {
  let isLongOver = false
  const short = insert(1).then(() => isLongOver)
  const long = db.transaction(async (tx) => {
    for (let n = 0; n < 20; n += 1) {
      await tx.query(sql`insert into things values (${n})`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    isLongOver = true
  })

  expect(await short).toBe(false)
  await long
})

test('reading syncs nothing', async () => {
  const count = await countSyncs(async () => {
    await db.query(sql`select count(*) from things`)
    await db.transaction((tx) => tx.query(sql`select count(*) from things`), 'read')
    await db.transaction((tx) => tx.query(sql`select count(*) from things`))
  })

  expect(count).toBe(0)
})

test('a checkpoint syncs the tables as well', async () => {
  await insert(1)

  expect(await countSyncs(() => db.maintain())).toBeGreaterThan(3)
})

function insert(n: number): Promise<unknown> {
  return db.transaction((tx) => tx.query(sql`insert into things values (${n}::int)`))
}

async function countSyncs(work: () => Promise<unknown>): Promise<number> {
  syncs = 0
  await work()
  return syncs
}

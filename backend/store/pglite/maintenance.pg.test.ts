import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import type { Database } from '../database'
import { readTemplate } from '../test-template'
import { openPglite } from './open-pglite'

let dataDir: string
let db: Database

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-'))
  db = await openPglite({ dataDir, template: await readTemplate() })
  await db.query(sql`create table things (id int primary key, filler text not null)`)
})

afterAll(async () => {
  await db.close()
  await rm(dataDir, { recursive: true })
})

test('a table that is updated all the time does not grow without end', async () => {
  await db.query(sql`insert into things select n, repeat('x', 200) from generate_series(1, 5000) n`)
  for (let wave = 0; wave < 3; wave += 1) {
    for (let n = 0; n < 6; n += 1) {
      await db.transaction((tx) => tx.query(sql`update things set filler = filler || ''`))
    }
    await letMaintenanceRun()
  }

  // Each of the 18 updates writes 1.2 MB of rows; after a wave their room is free again.
  const [table] = await db.query<{ bytes: number }>(sql`select pg_table_size('things') as bytes`)
  expect(table?.bytes).toBeLessThan(12 * 1024 * 1024)
})

test('a crash never has much more than 64 MB of log to replay', async () => {
  await db.query(sql`select pg_logical_emit_message(false, '', repeat('x', 70000000))`)
  await letMaintenanceRun()

  expect(await walBytesToReplay()).toBeLessThan(1024 * 1024)
})

test('after maintain there is nothing to replay, and the planner knows the tables', async () => {
  await db.query(sql`create table imported as select generate_series(1, 3000) n`)
  await db.maintain()

  const rows = await db.query(sql`select reltuples from pg_class where relname = 'imported'`)
  expect(rows).toEqual([{ reltuples: 3_000 }])
  expect(await walBytesToReplay()).toBeLessThan(10_000)
})

/** It looks once a second, after a query; the next query waits for it. */
async function letMaintenanceRun(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_100))
  await db.query(sql`select 1`)
  await db.query(sql`select 1`)
}

async function walBytesToReplay(): Promise<number | undefined> {
  const [row] = await db.query<{ bytes: number }>(sql`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 as bytes
    from pg_control_checkpoint()`)
  return row?.bytes
}

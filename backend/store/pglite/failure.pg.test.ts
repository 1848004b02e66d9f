import fs from 'node:fs'
import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import { readTemplate } from '../test-template'
import { openPglite } from './open-pglite'

const { fsyncSync } = fs
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-'))
})
afterEach(async () => {
  setFsync(fsyncSync)
  await rm(dataDir, { recursive: true })
})

test('a disk that fails confirms nothing, stops the database, and loses nothing confirmed', async () => {
  const db = await openPglite({ dataDir, template: await readTemplate() })
  await db.query(sql`create table things (a int)`)
  await db.query(sql`insert into things values (1)`)
  setFsync(() => {
    throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' })
  })

  const failed = db.transaction((tx) => tx.query(sql`insert into things values (2)`))

  await expect(failed).rejects.toMatchObject({ code: '58030' })
  await expect(db.query(sql`select 1`)).rejects.toThrow('The embedded database has stopped')
  await db.close()

  setFsync(fsyncSync)
  const again = await openPglite({ dataDir })
  expect(await again.query(sql`select a from things where a = 1`)).toEqual([{ a: 1 }])
  await again.close()
})

test('damaged files are one line with the reason, and the directory is not kept locked', async () => {
  const db = await openPglite({ dataDir, template: await readTemplate() })
  await db.close()
  await truncate(join(dataDir, 'postgres', 'global', 'pg_control'), 10)

  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(openPglite({ dataDir })).rejects.toThrow(
      /^The database in .* is damaged or incomplete \(could not read file [^\n]*\)\. Restore .*\.$/,
    )
  }
})

function setFsync(sync: typeof fs.fsyncSync): void {
  fs.fsyncSync = sync
  syncBuiltinESMExports()
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import { readTemplate } from '../test-template'
import { openPglite } from './open-pglite'

// Fifty before an update of PGlite: CRASH_ROUNDS=50 npx vitest run backend/store/pglite/crash
const rounds = Number(process.env.CRASH_ROUNDS ?? 3)
const program = fileURLToPath(new URL('write-until-killed.ts', import.meta.url))
let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-'))
  const db = await openPglite({ dataDir, template: await readTemplate() })
  await db.query(sql`
    create table batches (batch int, n int, size int, primary key (batch, n))`)
  await db.close()
})

afterAll(() => rm(dataDir, { recursive: true }))

test(
  'a process that is killed loses no acknowledged row and leaves no partial batch',
  async () => {
    const acknowledged: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      acknowledged.push(...(await writeUntilKilled(round * 1_000_000)))
      expect(await findDamage(acknowledged)).toEqual([])
    }
    expect(acknowledged.length).toBeGreaterThan(rounds)
  },
  60_000 + rounds * 20_000,
)

async function writeUntilKilled(firstBatch: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, dataDir, `${firstBatch}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const batches: number[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    if (line === 'ready') killSoon(child)
    else batches.push(Number(line))
  })
  await Promise.all([exit, once(lines, 'close')])
  expect(child.signalCode).toBe('SIGKILL')
  return batches
}

function killSoon(child: ChildProcess): void {
  setTimeout(() => child.kill('SIGKILL'), 100 + Math.random() * 500)
}

/** Batches that were acknowledged and are gone, that are there in part, or that indexes miss. */
async function findDamage(acknowledged: readonly number[]): Promise<unknown[]> {
  const db = await openPglite({ dataDir })
  const lost = await db.query(sql`
    select batch as lost from unnest(${acknowledged}::int[]) batch
    where not exists (select from batches b where b.batch = batch and b.n = 1)`)
  const partial = await db.query(sql`
    select batch as partial from batches group by batch, size having count(*) <> size`)
  const unindexed = await db.transaction(async (tx) => {
    await tx.query(sql`set local enable_seqscan = off`)
    const [byIndex] = await tx.query(sql`select count(batch) from batches where batch >= 0`)
    await tx.query(sql`set local enable_seqscan = on`)
    await tx.query(sql`set local enable_indexscan = off`)
    await tx.query(sql`set local enable_indexonlyscan = off`)
    await tx.query(sql`set local enable_bitmapscan = off`)
    const [byTable] = await tx.query(sql`select count(batch) from batches`)
    return byIndex?.count === byTable?.count ? [] : [{ byIndex, byTable }]
  })
  await db.close()
  return [...lost, ...partial, ...unindexed]
}

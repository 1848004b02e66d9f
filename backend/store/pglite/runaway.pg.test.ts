import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import { openPglite } from './open-pglite'

test('a statement without end stops with its thread, and the store opens again with all in it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'understudy-'))
  const worker = new Worker(new URL('./testing/run-away.mjs', import.meta.url), {
    workerData: { dataDir },
  })
  const said: unknown[] = []
  worker.on('message', (message) => said.push(message))
  await once(worker, 'message')
  await sleep(1_000)

  await worker.terminate()

  expect(said).toEqual(['written'])
  const db = await openPglite({ dataDir })
  expect(await db.query(sql`select count(*)::int as count from kept`)).toEqual([{ count: 100 }])
  await db.close()
  await rm(dataDir, { recursive: true })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApp, type TestApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { ask, transact } from '@/e2e/support/transact'
import { must } from '@/lib/base/must'

// Fifty before a release: KILL_ROUNDS=50 npx vitest run --project conformance e2e/conformance/kill
const rounds = Number(process.env.KILL_ROUNDS ?? 2)
const writers = 4

let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-kill-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

test(
  `a backend killed in the middle of a write load loses nothing it acknowledged, ${rounds} times`,
  async () => {
    let known: TestApp | undefined
    const acknowledged: string[] = []
    for (let round = 0; round < rounds; round++) {
      const backend = await startBackend({ dataDir })
      const { apiURI } = backend
      const app: TestApp = known ? { ...known, apiURI } : await makeApp({ apiURI })
      known = app
      acknowledged.push(...(await writeUntilKilled(backend, app)))
      await backend.stop()
    }

    const backend = await startBackend({ dataDir })
    const app = { ...must(known, 'there is at least one round'), apiURI: backend.apiURI }
    const { notes = [] } = await ask(app, { notes: {} })
    await backend.stop()
    const sizes = new Map<string, { size: number; stored: number }>()
    for (const { batch, size } of notes as { batch: string; size: number }[]) {
      sizes.set(batch, { size, stored: (sizes.get(batch)?.stored ?? 0) + 1 })
    }
    expect(acknowledged.filter((batch) => !sizes.has(batch))).toEqual([])
    expect([...sizes].filter(([, { size, stored }]) => size !== stored)).toEqual([])
    expect(acknowledged.length).toBeGreaterThan(rounds)
  },
  60_000 + rounds * 60_000,
)

/** The batches that were acknowledged before the end. */
async function writeUntilKilled(backend: RunningBackend, app: TestApp): Promise<string[]> {
  const done: string[] = []
  let isOver = false
  setTimeout(
    () => {
      isOver = true
      process.kill(backend.pid, 'SIGKILL')
    },
    200 + Math.random() * 600,
  )
  const write = async () => {
    while (!isOver) {
      const batch = crypto.randomUUID()
      const size = 1 + Math.floor(Math.random() * 100)
      const steps = Array.from({ length: size }, () => [
        'update',
        'notes',
        crypto.randomUUID(),
        { batch, size },
      ])
      await transact(app, steps).then(
        () => done.push(batch),
        (error: Error) => {
          // Cut off by the kill, and perhaps written: nobody was told either way.
          if (!isOver) throw error
        },
      )
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  return done
}

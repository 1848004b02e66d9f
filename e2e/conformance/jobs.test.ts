import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginPush, makeApp, pollJobs, type TestApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { ask, transact } from '@/e2e/support/transact'
import { must } from '@/lib/base/must'

const rows = 20_000
const batch = 2_000

let dataDir: string
let backend: RunningBackend

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-jobs-'))
  backend = await startBackend({ dataDir })
}, 120_000)
afterAll(async () => {
  await backend.stop()
  await rm(dataDir, { recursive: true, force: true })
})

test('a backend that is killed while it indexes goes on when it starts again, and loses no write', async () => {
  let app = await makeApp({ apiURI: backend.apiURI })
  for (let n = 0; n < rows; n += batch)
    await transact(
      app,
      Array.from({ length: batch }, (_, k) => create(n + k)),
    )
  const groupId = must(await beginPush(app, indexed), 'an index of stored values is a job')
  const halfway = await reach(app, groupId, ({ completed }) => completed >= 5_000)
  await transact(app, [create(rows)])
  process.kill(backend.pid, 'SIGKILL')
  await backend.stop()

  backend = await startBackend({ dataDir })
  app = { ...app, apiURI: backend.apiURI }
  const first = await progress(app, groupId)
  expect(first.completed).toBeGreaterThanOrEqual(halfway.completed)
  await transact(app, [create(rows + 1)])
  await reach(app, groupId, ({ isOver }) => isOver)

  expect(await pollJobs(app, groupId)).toMatchObject(
    ['index', 'check-data-type'].map((job_type) => ({
      job_type,
      job_status: 'completed',
      error: null,
    })),
  )
  const ordered = await ask(app, { notes: { $: { order: { n: 'desc' }, limit: 3 } } })
  expect(ordered.notes).toMatchObject([{ n: rows + 1 }, { n: rows }, { n: rows - 1 }])
  const above = await ask(app, { notes: { $: { where: { n: { $gte: 100 } }, fields: ['n'] } } })
  expect(above.notes).toHaveLength(rows + 2 - 100)
}, 240_000)

function create(n: number) {
  return ['create', 'notes', crypto.randomUUID(), { n }]
}

interface Progress {
  readonly completed: number
  readonly isOver: boolean
}

async function progress(app: TestApp, groupId: string): Promise<Progress> {
  const jobs = await pollJobs(app, groupId)
  return {
    completed: jobs.reduce((sum, { work_completed }) => sum + work_completed, 0),
    isOver: jobs.every(({ job_status }) => job_status === 'completed' || job_status === 'errored'),
  }
}

async function reach(
  app: TestApp,
  groupId: string,
  isReached: (progress: Progress) => boolean,
): Promise<Progress> {
  for (;;) {
    const now = await progress(app, groupId)
    if (isReached(now)) return now
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const indexed = {
  entities: {
    notes: {
      attrs: {
        n: {
          valueType: 'number',
          required: false,
          isIndexed: true,
          config: { indexed: true, unique: false },
          metadata: {},
        },
      },
      links: {},
    },
  },
  links: {},
  rooms: {},
}

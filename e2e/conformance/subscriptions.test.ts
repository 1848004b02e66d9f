import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { id, init, tx } from '@instantdb/admin'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findFreePort } from '@/e2e/support/free-port'
import { makeApp, setRules, type TestApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { must } from '@/lib/base/must'

const server = process.env.DATABASE_URL ?? ''

let backend: RunningBackend

beforeAll(async () => {
  backend = await startBackend()
}, 120_000)
afterAll(() => backend.stop())

test('a subscription can be iterated, and the loop ends when it is closed', async () => {
  const { db } = await open()
  const subscription = db.subscribeQuery({ notes: {} })
  const seen: number[] = []
  for await (const payload of subscription) {
    if (payload.type === 'error') throw payload.error
    seen.push(payload.data.notes?.length ?? 0)
    if (seen.length < 4) await db.transact([note(id()).update({ text: 'x' })])
    else subscription.close()
  }

  expect(seen).toEqual([0, 1, 2, 3])
  expect(subscription.isClosed).toBe(true)
})

test('leaving the loop leaves the subscription to be closed, and that is noticed', async () => {
  const { db } = await open()
  const subscription = db.subscribeQuery({ notes: {} })
  for await (const payload of subscription) {
    expect(payload.type).toBe('ok')
    break
  }
  expect(subscription.isClosed).toBe(false)
  subscription.close()

  expect(subscription.isClosed).toBe(true)
})

test('what changes nothing of the answer is not told', async () => {
  const { db } = await open()
  const [mine, other] = [id(), id()]
  await db.transact([note(mine).update({ text: 'a' }), note(other).update({ text: 'b' })])
  const seen = follow(db, { notes: { $: { where: { id: mine } } } })
  await expect.poll(() => seen.length).toBe(1)
  await db.transact([note(other).update({ text: 'c' }), note(id()).update({ text: 'new' })])
  await db.transact([note(mine).update({ text: 'a' })])
  await db.transact([note(mine).update({ text: 'd' })])

  await expect.poll(() => seen.length).toBe(2)
  expect(seen.map(({ data }) => data?.notes?.[0]?.text)).toEqual(['a', 'd'])
})

test('page info comes with the first answer and with every other', async () => {
  const { db } = await open()
  const ids = [id(), id(), id()]
  for (const each of ids) await db.transact([note(each).update({ text: each })])
  const seen = follow(db, { notes: { $: { first: 2 } } })
  await expect.poll(() => seen.length).toBe(1)
  expect(seen[0]?.pageInfo?.notes).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
  await db.transact([note(must(ids[0], 'there are three')).delete()])
  await expect.poll(() => seen.length).toBe(2)

  expect(seen[1]?.pageInfo?.notes).toMatchObject({ hasNextPage: false })
  expect(seen[1]?.pageInfo?.notes?.startCursor?.[0]).toBe(ids[1])
  expect(seen[1]?.pageInfo?.notes?.endCursor?.[0]).toBe(ids[2])
  // The page itself is as before; that there is one more is news.
  await db.transact([note(id()).update({ text: 'more' })])
  await expect.poll(() => seen.at(-1)?.pageInfo?.notes).toMatchObject({ hasNextPage: true })
})

test('a user sees what the rules let them see by now', async () => {
  const { db, app } = await open()
  await db.transact([note(id()).update({ text: 'x' })])
  const seen = follow(db.asUser({ guest: true }), { notes: {} })
  await expect.poll(() => seen.at(-1)?.data?.notes).toHaveLength(1)
  await setRules(app, { notes: { allow: { view: 'false' } } })
  await expect.poll(() => seen.at(-1)?.data?.notes).toHaveLength(0)
  await setRules(app, { notes: { allow: { view: "data.text == 'x'" } } })
  await expect.poll(() => seen.at(-1)?.data?.notes).toHaveLength(1)

  expect(seen).toHaveLength(3)
})

test('a rule that fails is an error in the middle, and the subscription goes on after it', async () => {
  const { db, app } = await open()
  const only = id()
  await db.transact([note(only).update({ text: 'x', size: 1 })])
  await setRules(app, { notes: { allow: { view: 'data.size > 0' } } })
  const seen = follow(db.asUser({ guest: true }), { notes: {} })
  await expect.poll(() => seen.at(-1)?.data?.notes).toHaveLength(1)
  await db.transact([note(only).update({ size: null })])
  await expect
    .poll(() => seen.at(-1)?.error)
    .toMatchObject({
      status: 400,
      body: { type: 'permission-evaluation-failed' },
    })
  await db.transact([note(only).update({ size: 2 })])

  await expect.poll(() => seen.at(-1)?.data?.notes).toMatchObject([{ size: 2 }])
})

test.each([
  ['a token that is taken back', (db: Db, email: string) => db.auth.signOut({ email })],
  ['a user who is deleted', (db: Db, email: string) => db.auth.deleteUser({ email })],
])('%s ends in an error, and reads nothing more', async (_what, lose) => {
  const { db } = await open()
  const email = 'ada@example.com'
  const token = await db.auth.createToken({ email })
  const seen = follow(db.asUser({ token }), { notes: {} })
  await expect.poll(() => seen.length).toBe(1)
  await lose(db, email)
  await expect
    .poll(() => seen.at(-1)?.error)
    .toMatchObject({
      status: 400,
      message: 'Record not found: app-user',
    })
  await db.transact([note(id()).update({ text: 'secret' })])
  await new Promise((resolve) => setTimeout(resolve, 200))

  expect(seen).toHaveLength(2)
})

test('a wrong admin token closes the subscription with an error', async () => {
  const { app } = await open()
  const db = init({ ...app, adminToken: crypto.randomUUID() })
  const subscription = db.subscribeQuery({ notes: {} })
  for await (const payload of subscription) {
    expect(payload).toMatchObject({
      type: 'error',
      error: { message: 'Record not found: app-admin-token' },
    })
    break
  }

  expect(subscription.isClosed).toBe(true)
})

test('a query that is refused is an error of a subscription that stays open', async () => {
  const { db } = await open()
  const subscription = db.subscribeQuery({ notes: { $: { limit: -1 } } })
  for await (const payload of subscription) {
    expect(payload).toMatchObject({ type: 'error', error: { status: 400 } })
    break
  }
  expect(subscription.isClosed).toBe(false)
  subscription.close()
})

test('a subscription goes on after the backend has been restarted', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'understudy-restart-'))
  const env = { BACKEND_PORT: String(await findFreePort()) }
  let running = await startBackend({ dataDir, env })
  onTestFinished(async () => {
    await running.stop()
    await rm(dataDir, { recursive: true, force: true })
  })
  const { db } = await open(running)
  const seen = follow(db, { notes: {} })
  await expect.poll(() => seen.at(-1)?.data?.notes).toHaveLength(0)
  await running.stop()
  running = await startBackend({ dataDir, env })
  await db.transact([note(id()).update({ text: 'after' })])

  await expect
    .poll(() => seen.at(-1)?.data?.notes, { timeout: 30_000 })
    .toMatchObject([{ text: 'after' }])
}, 120_000)

describe.skipIf(!server)('two backends on one Postgres', () => {
  let other: RunningBackend
  beforeAll(async () => {
    other = await startBackend()
  }, 120_000)
  afterAll(() => other.stop())

  test('a subscriber at one sees what is written at the other', async () => {
    const { db, app } = await open()
    const elsewhere = init({ ...app, apiURI: other.apiURI })
    const seen = follow(db, { notes: {} })
    await expect.poll(() => seen.length).toBe(1)
    await elsewhere.transact([note(id()).update({ text: 'from there' })])

    await expect.poll(() => seen.at(-1)?.data?.notes).toMatchObject([{ text: 'from there' }])
  })

  test('also after the connection over which it hears of it was cut', async () => {
    const { db, app } = await open()
    const elsewhere = init({ ...app, apiURI: other.apiURI })
    const seen = follow(db, { notes: {} })
    await expect.poll(() => seen.length).toBe(1)
    for (let count = 1; count <= 3; count++) {
      await cutListeners()
      await elsewhere.transact([note(id()).update({ text: 'x' })])
      await expect.poll(() => seen.at(-1)?.data?.notes?.length, { timeout: 15_000 }).toBe(count)
    }
  })

  test('when the last subscriber has gone, nothing is listened for', async () => {
    const { db } = await open()
    const subscriptions = Array.from({ length: 30 }, (_, n) =>
      db.subscribeQuery({ notes: { $: { limit: n + 1 } } }),
    )
    await expect.poll(countListeners).toBe(1)
    for (const subscription of subscriptions) subscription.close()

    await expect.poll(countListeners).toBe(0)
  })

  async function cutListeners(): Promise<void> {
    await ask(`select pg_terminate_backend(pid) ${listeners}`)
  }

  async function countListeners(): Promise<number> {
    return (await ask(`select ${listeners}`)).length
  }

  const listeners =
    "from pg_stat_activity where datname = current_database() and query like 'listen %'"

  async function ask(statement: string): Promise<readonly unknown[]> {
    const client = new pg.Client({ connectionString: server })
    await client.connect()
    const { rows } = await client.query(statement)
    await client.end()
    return rows
  }
})

async function open({ apiURI }: RunningBackend = backend) {
  const app: TestApp = await makeApp({ apiURI })
  return { app, db: init({ ...app, disableValidation: true }) }
}

type Db = ReturnType<typeof init>

interface Seen {
  readonly data?: Record<string, Record<string, unknown>[] | undefined>
  readonly pageInfo?: Record<string, { startCursor?: unknown[]; endCursor?: unknown[] } | undefined>
  readonly error?: unknown
}

/** Everything that a subscription has told; it is closed when the test ends. */
function follow(db: Pick<Db, 'subscribeQuery'>, query: object): Seen[] {
  const seen: Seen[] = []
  const subscription = db.subscribeQuery(query as Record<string, never>, (payload) => {
    seen.push(payload as Seen)
  })
  onTestFinished(() => subscription.close())
  return seen
}

/** The start of a step about a note. */
function note(noteId: string) {
  return must(tx.notes?.[noteId], 'the SDK answers every name')
}

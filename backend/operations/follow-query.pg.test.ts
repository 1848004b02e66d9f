import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Follower } from '@/backend/live/live-query'
import { type Sql, sql } from '@/backend/sql/sql'
import type { Database, Queryable } from '@/backend/store/database'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { openPostgres } from '@/backend/store/postgres/open-postgres'
import { createPostgresDatabase, openTestDatabase } from '@/backend/store/testing'
import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { type Actor, admin } from './actor'
import { createEngine, type Engine } from './engine'
import { followQuery } from './follow-query'
import type { FollowedAnswer } from './query-answer'
import { createTestApp, define, type TestApp, uuid } from './testing'
import { transact } from './transact'

const server = process.env.DATABASE_URL ?? ''

describe('in one process', () => {
  let db: Database
  let statements: string[]
  let engine: Engine
  let app: TestApp
  beforeAll(async () => {
    statements = []
    db = counted(await openTestDatabase(), (text) => statements.push(text))
    await migrate(db, migrations)
    engine = createEngine(db)
    app = await createTestApp(engine)
    await app.push(schema)
  })
  afterAll(() => db.close())

  test('hundreds of subscriptions cost nothing while nothing they show changes', async () => {
    for (let n = 0; n < 50; n++) await app.write(['create', 'people', uuid(n), { name: `${n}` }])
    const write = (name: string) => app.write(['update', 'notes', uuid(900), { text: name }])
    await write('first')
    const before = await countDuring(() => write('alone'))
    const followers: Follower<FollowedAnswer>[] = []
    for (let n = 0; n < 300; n++) {
      followers.push(await follow(engine, app, { people: { $: { where: { id: uuid(n % 50) } } } }))
    }
    await Promise.all(followers.map((one) => one.next()))

    // A look at the log in many seconds is all that another process could ever cause.
    expect(await countDuring(() => sleep(500))).toBeLessThanOrEqual(1)
    expect(await countDuring(() => write('unrelated'))).toBeLessThanOrEqual(before + 1)
    const asked = await countDuring(async () => {
      await app.write(['update', 'people', uuid(7), { name: 'new' }])
      await must(followers[7], 'there are 300').next()
    })
    expect(asked).toBeLessThan(before + 12)
    for (const one of followers) one.close()
    expect(await countDuring(() => app.write(['delete', 'people', uuid(7)]))).toBeLessThan(
      before + 6,
    )
  })

  test('the same query of the same caller is asked once for all who follow it', async () => {
    let asked = 0
    const query = { people: {} }
    const followers = await Promise.all(
      Array.from({ length: 40 }, () => follow(engine, app, query, { onAsk: () => asked++ })),
    )
    const outcomes = await Promise.all(followers.map((one) => one.next()))

    expect(asked).toBe(1)
    expect(new Set(outcomes).size).toBe(1)
    for (const one of followers) one.close()
  })

  test('a burst of transactions is answered in fewer runs, and the last one is seen', async () => {
    let asked = 0
    const one = await follow(engine, app, { counters: {} }, { onAsk: () => asked++ })
    await one.next()
    await app.write(['create', 'counters', uuid(800), { n: 0 }])
    asked = 0
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => app.write(['update', 'counters', uuid(800), { n }])),
    )
    await app.write(['update', 'counters', uuid(800), { n: 1_000 }])
    const seen = await until(one, ({ counters }) => n(counters) === 1_000)

    expect(seen).toBeLessThan(200)
    expect(asked).toBeLessThan(200)
    one.close()
  })

  test('whoever follows is told when the rules or the schema change what they see', async () => {
    await app.write(['create', 'secrets', uuid(700), { text: 'x' }])
    const one = await follow(engine, app, { secrets: {} }, { actor: { kind: 'guest' } })
    expect(await next(one)).toMatchObject({ secrets: [{ text: 'x' }] })
    await app.rule({ secrets: { allow: { view: 'false' } } })
    expect(await next(one)).toEqual({ secrets: [] })
    await app.rule({ secrets: { fields: { text: 'false' } } })
    expect(await next(one)).toEqual({ secrets: [{ id: uuid(700) }] })
    await app.write(['update', 'secrets', uuid(700), { more: 1 }])
    expect(await next(one)).toEqual({ secrets: [{ id: uuid(700), more: 1 }] })
    one.close()
  })

  async function countDuring(work: () => Promise<unknown>): Promise<number> {
    const start = statements.length
    await work()
    return statements.length - start
  }
})

describe.skipIf(!server)('between processes on one Postgres', () => {
  let own: Awaited<ReturnType<typeof createPostgresDatabase>>
  let here: Engine
  let there: Engine
  let app: TestApp
  beforeAll(async () => {
    own = await createPostgresDatabase(server)
    here = createEngine(await openPostgres({ connectionString: own.url }))
    there = createEngine(await openPostgres({ connectionString: own.url }))
    await migrate(here.db, migrations)
    app = await createTestApp(here)
    await app.push(schema)
  })
  afterAll(async () => {
    await here.db.close()
    await there.db.close()
    await own.drop()
  })

  const writeThere = (...steps: readonly Json[]) =>
    transact(there, { app: app.app, actor: admin, steps, throwOnMissingAttrs: false })

  test('a change by another process is told', async () => {
    const one = await follow(here, app, { people: {} })
    expect(await next(one)).toEqual({ people: [] })
    await writeThere(['create', 'people', uuid(1), { name: 'Ada' }])
    expect(await next(one)).toMatchObject({ people: [{ name: 'Ada' }] })
    one.close()
  })

  test('what another process has committed is in the first answer, shared or not', async () => {
    const early = await follow(here, app, { people: {} })
    await early.next()
    for (let n = 0; n < 20; n++) {
      await writeThere(['update', 'people', uuid(1), { name: `${n}` }])
      const late = await follow(here, app, { people: {} })
      expect(await next(late)).toMatchObject({ people: [{ name: `${n}` }] })
      late.close()
    }
    early.close()
  })

  test('a change by another process that meets nothing asks nothing', async () => {
    let asked = 0
    const one = await follow(here, app, { people: {} }, { onAsk: () => asked++ })
    await one.next()
    await writeThere(['create', 'notes', uuid(2), { text: 'x' }])
    await here.changes.settle(app.app)
    await sleep(50)

    expect(asked).toBe(1)
    one.close()
  })

  test('nothing is missed when the connection that listens is lost', async () => {
    const one = await follow(here, app, { people: {} })
    await one.next()
    for (let n = 0; n < 5; n++) {
      await expect.poll(() => countListeners()).toBe(1)
      await there.db.query(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'listen %'`)
      await writeThere(['update', 'people', uuid(1), { name: `lost ${n}` }])
      expect(await next(one)).toMatchObject({ people: [{ name: `lost ${n}` }] })
    }
    one.close()
    await expect.poll(() => countListeners()).toBe(0)
  })

  test('writers in both processes leave a follower in each with the last word', async () => {
    await writeThere(['update', 'counters', uuid(3), { n: 0 }])
    const followers = [
      await follow(here, app, { counters: {} }),
      await follow(there, app, { counters: {} }),
    ]
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        transact(n % 2 ? here : there, {
          app: app.app,
          actor: admin,
          steps: [['update', 'counters', uuid(3), { n: n + 1 }]],
          throwOnMissingAttrs: false,
        }),
      ),
    )
    await writeThere(['update', 'counters', uuid(3), { n: 1_000 }])
    for (const one of followers) {
      await until(one, ({ counters }) => n(counters) === 1_000)
      one.close()
    }
  })

  test('a store that drops every connection is followed again once it answers', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => report.mockRestore())
    const one = await follow(here, app, { people: {} })
    await one.next()
    for (let n = 0; n < 5; n++) {
      await there.db
        .query(sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`)
        .catch(() => null)
      await expect
        .poll(() =>
          writeThere(['update', 'people', uuid(1), { name: `back ${n}` }]).then(
            Boolean,
            () => false,
          ),
        )
        .toBe(true)
    }
    for (;;) {
      const outcome = must(await one.next(), 'it is followed')
      if (outcome.kind === 'error') continue
      if (JSON.stringify(outcome.value.answer.tree).includes('back 4')) break
    }
    one.close()
  })

  test('where no call gets through, a look at the log now and then finds what is new', async () => {
    const deaf = createEngine({
      ...plain(here.db),
      wakeups: { send: () => {}, listen: () => () => {} },
    })
    const one = await follow(deaf, app, { people: {} })
    await one.next()
    await writeThere(['update', 'people', uuid(1), { name: 'unheard' }])

    expect(await next(one)).toMatchObject({ people: [{ name: 'unheard' }] })
    one.close()
  })

  test('after a sleep so long that the log may have gaps, everything is asked again', async () => {
    let asked = 0
    const one = await follow(here, app, { people: {} }, { onAsk: () => asked++ })
    await one.next()
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000)
    onTestFinished(() => clock.mockRestore())
    await here.changes.settle(app.app)

    await expect.poll(() => asked).toBe(2)
    one.close()
  })

  test('the log keeps no more than others may still ask for', async () => {
    await here.db.query(
      sql`update transactions set at = now() - interval '1 hour' where app = ${app.app}`,
    )
    await writeThere(['update', 'people', uuid(1), { name: 'recent' }])
    await writeThere(['update', 'people', uuid(1), { name: 'last' }])
    await there.changes.prune()

    const rows = await here.db.query(sql`select from transactions where app = ${app.app}`)
    expect(rows).toHaveLength(2)
  })

  async function countListeners(): Promise<number> {
    const rows = await there.db.query(sql`
      select from pg_stat_activity where datname = current_database() and query like 'listen %'`)
    return rows.length
  }
})

const schema = define({
  people: { name: 'string optional' },
  notes: { text: 'string optional' },
  counters: { n: 'number optional' },
})

function follow(
  engine: Engine,
  { app }: TestApp,
  query: JsonObject,
  { actor = admin, onAsk }: { actor?: Actor; onAsk?: () => void } = {},
): Promise<Follower<FollowedAnswer>> {
  return followQuery(engine, {
    app,
    key: JSON.stringify([actor, query]),
    ask: async () => {
      onAsk?.()
      const requestOrigin = { ip: null, origin: null }
      return { app, actor, requestOrigin, query, isInferred: false, wantsPageInfo: true }
    },
  })
}

type Tree = FollowedAnswer['answer']['tree']

async function next(follower: Follower<FollowedAnswer>): Promise<Tree> {
  const outcome = must(await follower.next(), 'it is followed')
  if (outcome.kind === 'error') throw outcome.error
  return outcome.value.answer.tree
}

/** How many answers it took. */
async function until(
  follower: Follower<FollowedAnswer>,
  isReached: (tree: Tree) => boolean,
): Promise<number> {
  for (let count = 1; ; count++) if (isReached(await next(follower))) return count
}

function n(rows: readonly Json[] | undefined): Json | undefined {
  return (rows?.[0] as JsonObject | undefined)?.n
}

function counted(db: Database, note: (text: string) => void): Database {
  const watch = (queryable: Queryable): Queryable => ({
    query: (statement: Sql) => {
      note(String(statement))
      return queryable.query(statement)
    },
  })
  return {
    ...plain(db),
    ...watch(db),
    transaction: (work, mode) => db.transaction((tx) => work(watch(tx)), mode),
  }
}

/** The database as an object whose parts can be replaced. */
function plain(db: Database): Database {
  return {
    kind: db.kind,
    wakeups: db.wakeups,
    query: (statement) => db.query(statement),
    transaction: (work, mode) => db.transaction(work, mode),
    maintain: () => db.maintain(),
    close: () => db.close(),
  }
}

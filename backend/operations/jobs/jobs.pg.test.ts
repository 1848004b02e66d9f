import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import type { Database } from '@/backend/store/database'
import { migrate } from '@/backend/store/migrate'
import { migrations } from '@/backend/store/migrations'
import { testDatabases } from '@/backend/store/testing'
import type { Json, JsonObject } from '@/lib/base/json'
import { createEngine, type Engine } from '../engine'
import { pullSchema } from '../pull-schema'
import { pushSchema } from '../push-schema'
import { createTestApp, define, findIndexErrors, refusal, type TestApp, uuid } from '../testing'
import { cancelJob, readJobs } from './ask-jobs'
import { runBatch, wakeJobs } from './run-jobs'

interface Job {
  readonly id: string
  readonly job_type: string
  readonly job_status: string
  readonly work_estimate: number | null
  readonly work_completed: number
  readonly error: string | null
  readonly invalid_triples_sample: readonly JsonObject[] | null
}

describe.each(testDatabases)('on $kind', ({ open }) => {
  let db: Database
  /** Works on jobs only where a test tells it to, batch by batch. */
  let engine: Engine
  let app: TestApp
  let group = ''

  beforeAll(async () => {
    db = await open()
    await migrate(db, migrations)
    engine = createEngine(db)
    await engine.jobs.stop()
  })
  beforeEach(async () => {
    app = await createTestApp(engine)
  })
  afterEach(async () => {
    expect(await findIndexErrors(engine, app.app)).toEqual([])
    const left = sql`select (select count(*) from job_entities) as entities, (
      select count(*) from index_keys k where not exists (select from attrs a where a.index_key = k.key)
    ) as keys`
    expect(await db.query(left)).toEqual([{ entities: 0, keys: 0 }])
  })
  afterAll(() => db.close())

  async function push(attr: string, by: Engine = engine): Promise<readonly Job[]> {
    const body = {
      schema: define({ books: { title: attr, n: 'number optional' } }),
      check_types: true,
      supports_background_updates: true,
    }
    const answer = await pushSchema(by, { app: app.app, body })
    const begun = answer['indexing-jobs'] as unknown as { 'group-id': string; jobs: Job[] } | null
    group = begun?.['group-id'] ?? ''
    return begun?.jobs ?? []
  }
  async function poll(): Promise<Job> {
    const { jobs } = (await readJobs(engine, app.app, group)) as unknown as { jobs: Job[] }
    const [job] = jobs
    if (!job) throw new Error('There is no such group of jobs.')
    return job
  }
  async function runAll(): Promise<Job> {
    while (await runBatch(engine, app.app));
    return poll()
  }
  async function runBatches(count: number): Promise<Job> {
    for (let done = 0; done < count; done++) await runBatch(engine, app.app)
    return poll()
  }
  const titled = (from: number, count: number, title: (n: number) => Json) =>
    app.write(
      ...Array.from({ length: count }, (_, n) => [
        'update',
        'books',
        uuid(from + n),
        { title: title(from + n) },
      ]),
    )
  async function fill(count: number, title: (n: number) => Json = (n) => `Title ${n}`) {
    await push('any optional')
    for (let n = 0; n < count; n += 1_000) await titled(n, Math.min(1_000, count - n), title)
  }
  async function titleAttr(): Promise<JsonObject | undefined> {
    const { attrs } = (await pullSchema(engine, app.app)) as unknown as { attrs: JsonObject[] }
    return attrs.find((attr) => (attr['forward-identity'] as string[])[2] === 'title')
  }
  const byTitle = { books: { $: { order: { title: 'asc' }, limit: 1 } } }

  test('an attribute of 20,000 values is indexed in the background, and tells how far it has come', async () => {
    await fill(20_000)
    const worker = createEngine(db)
    expect(await push('any optional indexed', worker)).toMatchObject([
      { job_type: 'index', job_status: expect.stringMatching(/waiting|processing/), error: null },
    ])
    const seen: number[] = []
    for (;;) {
      const { job_status, work_completed, work_estimate } = await poll()
      if (job_status === 'completed') break
      if (work_estimate !== null) expect(work_estimate).toBe(40_000)
      if (work_completed !== seen.at(-1)) seen.push(work_completed)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(seen.length).toBeGreaterThan(3)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(await poll()).toMatchObject({ work_estimate: 40_000, work_completed: 40_000 })
    await worker.jobs.settle()
  }, 120_000)

  test('a job that is called off leaves everything as it was', async () => {
    await fill(3_500)
    const [begun] = await push('string optional unique indexed')
    await runBatches(3)
    expect(await poll()).toMatchObject({ job_status: 'processing', work_completed: 2_000 })
    const called = await cancelJob(engine, app.app, begun?.id ?? '')
    expect(called.job).toMatchObject({ id: begun?.id, job_status: 'processing' })
    await runBatches(1)
    expect((await poll()).job_status).not.toBe('completed')
    const { jobs } = (await runAll().then(() => readJobs(engine, app.app, group))) as unknown as {
      jobs: Job[]
    }
    expect(jobs.map(({ job_type, job_status }) => [job_type, job_status])).toEqual([
      ['index', 'canceled'],
      ['unique', 'completed'],
      ['check-data-type', 'completed'],
    ])
    const unknown = await refusal(cancelJob(engine, app.app, uuid(1)))
    expect(unknown.type).toBe('record-not-found')
  }, 60_000)

  test('a job that waits is called off before it begins, and one that is done stays done', async () => {
    await fill(1)
    const [first] = await push('string optional')
    await cancelJob(engine, app.app, first?.id ?? '')
    expect(await runAll()).toMatchObject({ job_status: 'canceled' })
    const [second] = await push('string optional')
    await runAll()
    const late = await cancelJob(engine, app.app, second?.id ?? '')
    expect(late.job).toMatchObject({ job_status: 'completed' })
  })

  test('until it is done, an attribute is neither ordered by nor compared', async () => {
    await fill(1_500)
    await push('string optional indexed')
    expect(await titleAttr()).toMatchObject({ 'indexing?': true, 'checking-data-type?': true })
    const order = 'It must finish before ordering by the attribute.'
    const compare = 'It must finish before using comparison operators.'
    const compared = { books: { $: { where: { title: { $gt: 'a' } } } } }
    const messages = async () => [
      (await refusal(app.read(byTitle))).message,
      (await refusal(app.read(compared))).message,
    ]
    for (const batches of [0, 1, 1]) {
      await runBatches(batches)
      expect(await messages()).toEqual([
        `Validation failed for query: The \`books.title\` attribute is still in the process of validating its type. ${order}, The \`books.title\` attribute is still in the process of indexing. ${order}`,
        `Validation failed for query: The \`books.title\` attribute is still in the process of indexing. ${compare}`,
      ])
    }
    while (JSON.stringify(await messages()).includes('of indexing')) await runBatches(1)
    expect(await messages()).toEqual([
      `Validation failed for query: The \`books.title\` attribute is still in the process of validating its type. ${order}`,
      `Validation failed for query: The \`books.title\` attribute is still in the process of checking its data type. ${compare}`,
    ])
    await runAll()
    expect((await app.read(byTitle)).books).toMatchObject([{ title: 'Title 0' }])
    expect(await titleAttr()).toMatchObject({ 'index?': true, 'checked-data-type': 'string' })
    expect(await titleAttr()).not.toHaveProperty('indexing?')
  })

  test.each([
    ['any optional', 'any optional indexed'],
    ['any optional', 'any optional unique'],
    ['any optional', 'string optional'],
    ['any optional indexed', 'any optional unique indexed'],
    ['any optional unique indexed', 'string optional unique indexed'],
    ['string optional unique indexed', 'string optional indexed'],
    ['any optional indexed', 'any optional'],
    ['any optional', 'string'],
  ])(
    'what is written while %s becomes %s is not lost',
    async (before, after) => {
      await fill(2_500)
      await push(before)
      while (await runBatch(engine, app.app));
      await push(after)
      let next = 0
      const text = () => `Another ${next++}`
      while (await runBatch(engine, app.app)) {
        await app.write(
          ['update', 'books', uuid(3), { title: text() }],
          ['update', 'books', uuid(2_400), { title: text() }],
          ['update', 'books', uuid(5_000 + next), { title: text() }],
          ['update', 'books', crypto.randomUUID(), { title: text() }],
          ['delete', 'books', uuid(10 + next)],
          ['delete', 'books', uuid(2_300 - next)],
        )
      }
      expect(await poll()).toMatchObject({ job_status: 'completed', error: null })
    },
    60_000,
  )

  test('unique values may change hands while they are looked at', async () => {
    await fill(2_500)
    await push('any optional unique')
    await runBatches(2)
    await app.write(
      ['update', 'books', uuid(1), { title: 'Title 2' }],
      ['update', 'books', uuid(2), { title: 'Title 2000' }],
      ['update', 'books', uuid(2_000), { title: 'Title 1' }],
    )
    expect(await runAll()).toMatchObject({ job_status: 'completed' })
  })

  test.each<[words: string, error: string, write: Json]>([
    [
      'any optional unique',
      'triple-not-unique-error',
      ['update', 'books', uuid(1), { title: 'Title 2' }],
    ],
    ['any', 'missing-required-error', ['update', 'books', uuid(1), { title: null }]],
    ['string optional', 'invalid-triple-error', ['update', 'books', uuid(1), { title: 7 }]],
    [
      'any optional indexed',
      'triple-too-large-error',
      ['update', 'books', uuid(1), { title: 'x'.repeat(2_000) }],
    ],
  ])(
    'a write that comes after its entity was looked at is looked at too: %s',
    async (words, error, write) => {
      await fill(2_500)
      await push(words)
      expect(await runBatches(2)).toMatchObject({ job_status: 'processing', work_completed: 1_000 })
      await app.write(write)
      const ended = await runAll()
      expect(ended).toMatchObject({ job_status: 'errored', error })
      expect(ended.invalid_triples_sample?.map(({ entity_id }) => entity_id)).toContain(uuid(1))
      // As it was: it takes any value.
      await app.write(
        ['update', 'books', uuid(4), { title: null }],
        ['update', 'books', uuid(5), { title: 8 }],
      )
      expect((await refusal(app.read(byTitle))).message).toContain('not indexed')
    },
  )

  test('from the moment it is in force, no write breaks it', async () => {
    await fill(1_500)
    await push('string optional indexed')
    let isRefused = false
    while (!isRefused && (await runBatch(engine, app.app))) {
      isRefused = await app.write(['update', 'books', uuid(1), { title: 'y'.repeat(2_000) }]).then(
        () => false,
        () => true,
      )
      if (!isRefused) await app.write(['update', 'books', uuid(1), { title: 'short' }])
    }
    expect(isRefused).toBe(true)
    await runAll()
  })

  test('an index gives every entity its null', async () => {
    await fill(1)
    await app.write(
      ...Array.from({ length: 1_200 }, (_, n) => ['update', 'books', uuid(n + 10), { n }]),
    )
    await push('any optional indexed')
    await runAll()
    const { books = [] } = await app.read({ books: {} })
    expect(books).toHaveLength(1_201)
    expect(books.every((book) => 'title' in (book as object))).toBe(true)
  })

  test('a job whose attribute goes, or changes otherwise, fails and leaves nothing behind', async () => {
    for (const change of ['delete', 'unique', 'namespace'] as const) {
      app = await createTestApp(engine)
      await fill(1_500)
      await push('any optional indexed')
      await runBatches(2)
      const [attr] = await db.query<{ id: string; ns: string }>(sql`
        select a.id, n.id as ns from attrs a join attrs n on n.app = a.app and n.label = 'id'
        where a.app = ${app.app} and a.label = 'title'`)
      if (change === 'delete') await app.write(['delete-attr', attr?.id ?? ''])
      if (change === 'namespace') await app.write(['delete-attr', attr?.ns ?? ''])
      if (change === 'unique') {
        const body = { schema: define({ books: { title: 'any optional unique' } }) }
        await pushSchema(engine, { app: app.app, body })
      }
      expect(await runAll()).toMatchObject({
        job_status: 'errored',
        error: 'invalid-attr-state-error',
      })
      expect(await findIndexErrors(engine, app.app)).toEqual([])
    }
  }, 60_000)

  test('what one process has begun another goes on with, batch for batch', async () => {
    await fill(4_000)
    const killed = createEngine(db)
    await push('string optional unique indexed', killed)
    await killed.jobs.stop()
    const [one, other] = [createEngine(db), createEngine(db)]
    wakeJobs(one)
    wakeJobs(other)
    await Promise.all([one.jobs.settle(), other.jobs.settle()])
    expect(await runAll()).toMatchObject({
      job_status: 'completed',
      work_estimate: 8_000,
      work_completed: 8_000,
    })
    const { books } = await app.read({ books: { $: { where: { title: { $like: 'Title 39%' } } } } })
    expect(books).toHaveLength(111)
  }, 60_000)

  test('a job that brings its process down at every start is given up', async () => {
    await fill(1_500)
    await push('any optional indexed')
    await runBatches(2)
    await db.query(sql`update jobs set starts = 6 where done_at is null`)
    expect(await runAll()).toMatchObject({ job_status: 'errored', error: 'unexpected-error' })
  })
})

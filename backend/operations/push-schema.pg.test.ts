import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '@/lib/base/json'
import { applyWireSteps } from './apply-steps'
import type { Engine } from './engine'
import { readJobs } from './jobs/ask-jobs'
import { adminSchema, pullSchema } from './pull-schema'
import { planSchema, pushSchema } from './push-schema'
import {
  createTestApp,
  define,
  findIndexErrors,
  openTestEngine,
  refusal,
  type TestApp,
  uuid,
} from './testing'

let engine: Engine
let app: TestApp

beforeAll(async () => {
  engine = await openTestEngine()
})
beforeEach(async () => {
  app = await createTestApp(engine)
})
afterEach(async () => {
  expect(await findIndexErrors(engine, app.app)).toEqual([])
})
afterAll(() => engine.db.close())

const [a, b, c] = [uuid(1), uuid(2), uuid(3)]

interface Answer {
  readonly steps: readonly (readonly [string, JsonObject])[]
  readonly transaction: JsonObject
  readonly 'indexing-jobs': { 'group-id': string; jobs: JsonObject[] } | null
}

async function push(schema: Json, options: JsonObject = {}): Promise<Answer> {
  const body = { schema, check_types: true, supports_background_updates: true, ...options }
  return whenDone(await pushSchema(engine, { app: app.app, body }))
}

async function apply(...steps: Json[]): Promise<Answer> {
  return whenDone(await applyWireSteps(engine, { app: app.app, body: { steps } }))
}

/** The answer, with its jobs as they are when they have ended. */
async function whenDone(answer: JsonObject): Promise<Answer> {
  const { 'indexing-jobs': begun, ...others } = answer as unknown as Answer
  if (!begun) return { ...others, 'indexing-jobs': null }
  await engine.jobs.settle()
  const ended = await readJobs(engine, app.app, begun['group-id'])
  return { ...others, 'indexing-jobs': { ...begun, jobs: ended.jobs as unknown as JsonObject[] } }
}

async function attrOf(namespace: string, label: string): Promise<JsonObject | undefined> {
  const { attrs } = (await pullSchema(engine, app.app)) as unknown as { attrs: JsonObject[] }
  return attrs.find((attr) => {
    const names = [attr['forward-identity'], attr['reverse-identity']] as (string[] | undefined)[]
    return names.some((name) => name?.[1] === namespace && name[2] === label)
  })
}

describe('a first push (http.md 6.17)', () => {
  const schema = define(
    {
      books: { title: 'string indexed', isbn: 'string unique optional', meta: 'json optional' },
      empty: {},
    },
    {
      author: {
        forward: { on: 'books', has: 'one', label: 'author', required: true, onDelete: 'cascade' },
        reverse: { on: '$users', has: 'many', label: 'books' },
      },
      cover: {
        forward: { on: 'books', has: 'many', label: 'covers' },
        reverse: { on: '$files', has: 'one', label: 'book', onDelete: 'cascade' },
      },
    },
  )

  test('new attributes carry their constraints, and there is nothing else to do', async () => {
    const answer = await push(schema)
    expect(answer.steps.map(([type]) => type)).toEqual(Array(7).fill('add-attr'))
    expect(answer.transaction).toEqual({
      id: expect.any(Number),
      app_id: expect.any(String),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    })
    expect(answer['indexing-jobs']).toBeNull()
    expect(await attrOf('books', 'id')).toMatchObject({
      'unique?': true,
      'index?': false,
      'required?': false,
    })
    expect(await attrOf('empty', 'id')).toMatchObject({ 'value-type': 'blob' })
    expect(await attrOf('books', 'title')).toMatchObject({
      'checked-data-type': 'string',
      'index?': true,
      'unique?': false,
      'required?': true,
      catalog: 'user',
      cardinality: 'one',
    })
    expect(await attrOf('books', 'author')).toMatchObject({
      'value-type': 'ref',
      cardinality: 'one',
      'unique?': false,
      'required?': true,
      'on-delete': 'cascade',
      'reverse-identity': [expect.any(String), '$users', 'books'],
    })
    expect(await attrOf('books', 'covers')).toMatchObject({
      cardinality: 'many',
      'unique?': true,
      'on-delete-reverse': 'cascade',
    })
    expect((await attrOf('books', 'meta'))?.['checked-data-type']).toBeUndefined()
  })

  test('the same push again does nothing', async () => {
    await push(schema)
    expect(await push(schema)).toMatchObject({ steps: [], transaction: {}, 'indexing-jobs': null })
  })

  test('what is left out stays, and what is of the system is not touched', async () => {
    await push(schema)
    const answer = await push(
      define(
        {
          $users: { email: 'number', nick: 'string optional' },
          $files: { url: 'any', path: 'string' },
        },
        {
          $usersLinkedPrimaryUser: {
            forward: { on: '$users', has: 'many', label: 'linkedPrimaryUser' },
            reverse: { on: '$users', has: 'many', label: 'linkedGuestUsers' },
          },
        },
      ),
    )
    expect(answer.steps).toMatchObject([
      ['add-attr', { 'forward-identity': [expect.any(String), '$users', 'nick'] }],
    ])
    expect(await attrOf('books', 'title')).toBeDefined()
  })

  test('plan tells the steps and does none of them', async () => {
    const plan = await planSchema(engine, { app: app.app, body: { schema, check_types: false } })
    expect(Object.keys(plan).sort()).toEqual([
      'current-attrs',
      'current-schema',
      'new-schema',
      'steps',
    ])
    expect(plan.steps).toHaveLength(7)
    expect(plan['new-schema']).toMatchObject({ blobs: { books: { title: { 'index?': true } } } })
    expect(await attrOf('books', 'title')).toBeUndefined()
  })

  test('without check_types nothing is typed, and types are not looked at', async () => {
    await push(define({ x: { n: 'number optional' } }), { check_types: false })
    expect((await attrOf('x', 'n'))?.['checked-data-type']).toBeUndefined()
    await push(define({ x: { n: 'string optional' } }))
    expect(
      (await push(define({ x: { n: 'number optional' } }), { check_types: false })).steps,
    ).toEqual([])
  })
})

test.each<[rule: string, schema: JsonObject, messages: string[]]>([
  [
    'an attribute and a link of one name',
    define({ books: { author: 'any optional' } }, { l: link('books.author', 'people.works') }),
    [
      'books->author: Duplicate entry found for attribute. ',
      'books->author: Duplicate entry found for attribute. ',
    ],
  ],
  [
    'a name of the schema that is there',
    define({ users: { books: 'any optional' } }),
    ['users->books: Duplicate entry found for attribute. '],
  ],
  [
    'a link over an attribute that is there',
    define({}, { l: link('old.title', 'users.titles') }),
    ['old->title: Duplicate entry found for attribute. '],
  ],
  [
    'a link renamed on one side only',
    define({}, { l: link('posts.author', 'users.articles') }),
    ['posts->author: Duplicate entry found for attribute. '],
  ],
  [
    'the same link turned around',
    define({}, { l: link('users.books', 'posts.author') }),
    ['users->books: Conflicting link found for attribute. '],
  ],
  [
    'a link whose sides have one name',
    define({}, { l: link('x.y', 'x.y') }),
    ['x->y: Duplicate entry found for attribute. '],
  ],
  [
    'cascades where they cannot be',
    define(
      {},
      {
        l: {
          forward: { on: 'a', has: 'many', label: 'bs', onDelete: 'cascade' },
          reverse: { on: 'b', has: 'many', label: 'as', onDelete: 'cascade' },
        },
      },
    ),
    [
      "a->bs: Cascade delete is only possible on links with `has: 'one'`. ",
      "b->as: Cascade delete is only possible on links with `has: 'one'`. ",
    ],
  ],
])('a plan is refused: %s', async (_rule, schema, messages) => {
  await push(define({ old: { title: 'any optional' } }, { l: link('posts.author', 'users.books') }))
  const error = await refusal(push(schema))
  expect(error.type).toBe('validation-failed')
  expect(error.message).toContain(`Validation failed for schema: ${messages[0]}`)
  const { errors, ...hint } = error.hint as { errors: { in: string[]; message: string }[] }
  expect(hint).toEqual({ 'data-type': 'schema', input: 'plan' })
  for (const [n, { in: path, message }] of errors.entries()) {
    expect(path).toEqual(['schema'])
    expect(message).toContain(messages[n])
  }
})

test('a schema is wanted, in the form of one', async () => {
  const send = (body: JsonObject) => refusal(pushSchema(engine, { app: app.app, body }))
  expect(await send({})).toMatchObject({
    type: 'param-missing',
    message: 'Missing parameter: ["body" "schema"]',
  })
  expect(await send({ schema: 1 })).toMatchObject({ type: 'param-malformed' })
  expect(await send({ schema: { links: { x: {} } } })).toMatchObject({ type: 'param-malformed' })
})

describe('a new attribute that is required', () => {
  test('cannot be added where entities are, and nothing else is then', async () => {
    await app.write(['update', 'books', a, {}])
    const error = await refusal(push(define({ books: { x: 'any', y: 'any optional' } })))
    expect(error.message).toBe(
      "Validation failed for attributes: Can't create attribute `x` as required because `books` already have entities",
    )
    expect(await attrOf('books', 'y')).toBeUndefined()
  })

  test('nor can a link', async () => {
    await app.write(['update', 'books', a, {}])
    const error = await refusal(
      push(
        define(
          {},
          {
            l: {
              ...link('books.author', 'users.books'),
              forward: { on: 'books', label: 'author', has: 'one', required: true },
            },
          },
        ),
      ),
    )
    expect(error.message).toContain("Can't create attribute `author` as required")
  })

  test('cannot be on a namespace of the system', async () => {
    const error = await refusal(push(define({ $users: { x: 'any' } })))
    expect(error.message).toMatch(
      /^You can't create a required system attribute. Make sure it's optional./,
    )
    expect((await refusal(push(define({ $moop: { x: 'any optional' } })))).message).toContain(
      "You can't create $moop",
    )
  })
})

describe('constraints that change (semantics.md 8; http.md 6.15)', () => {
  beforeEach(async () => {
    await push(define({ books: { s: 'any optional', t: 'any optional' } }))
    await app.write(
      ['update', 'books', a, { s: 'a', t: 1 }],
      ['update', 'books', b, { s: 'b', t: '2020-01-01' }],
      ['update', 'books', c, { s: null }],
    )
  })

  test.each<[words: string, type: string]>([
    ['any optional indexed', 'index'],
    ['any optional unique', 'unique'],
    ['string optional', 'check-data-type'],
  ])('%s is a job that succeeds', async (words, type) => {
    const {
      steps,
      transaction,
      'indexing-jobs': jobs,
    } = await push(define({ books: { s: words } }))
    expect(steps).toMatchObject([
      [
        type,
        { 'attr-id': expect.any(String), 'forward-identity': [expect.any(String), 'books', 's'] },
      ],
    ])
    expect(transaction).toEqual({})
    expect(jobs?.jobs).toEqual([
      {
        id: steps[0]?.[1]['job-id'],
        app_id: expect.any(String),
        group_id: jobs?.['group-id'],
        attr_id: steps[0]?.[1]['attr-id'],
        attr_name: 'books.s',
        job_type: type,
        job_status: 'completed',
        job_stage: null,
        work_estimate: type === 'index' ? 6 : 3,
        work_completed: type === 'index' ? 6 : 3,
        error: null,
        checked_data_type: type === 'check-data-type' ? 'string' : null,
        created_at: expect.any(String),
        updated_at: expect.any(String),
        done_at: expect.any(String),
        invalid_unique_value: null,
        invalid_triples_sample: null,
        error_data: null,
      },
    ])
    expect((await push(define({ books: { s: words } }))).steps).toEqual([])
    const back = await push(define({ books: { s: 'any optional' } }))
    expect(back['indexing-jobs']?.jobs).toMatchObject([{ job_status: 'completed' }])
    expect((await push(define({ books: { s: 'any optional' } }))).steps).toEqual([])
  })

  test('an index gives null to entities without a value, and no other constraint does', async () => {
    await push(define({ books: { t: 'any optional unique' } }))
    expect((await app.read({ books: { $: { where: { id: c } } } })).books).toEqual([
      { id: c, s: null },
    ])
    await push(define({ books: { t: 'any optional indexed' } }))
    expect((await app.read({ books: { $: { where: { id: c } } } })).books).toEqual([
      { id: c, s: null, t: null },
    ])
  })

  test('an index can be ordered by, with a type', async () => {
    await push(define({ books: { s: 'string optional indexed' } }))
    const { books } = await app.read({ books: { $: { order: { s: 'desc' }, fields: ['s'] } } })
    expect(books).toEqual([
      { id: b, s: 'b' },
      { id: a, s: 'a' },
      { id: c, s: null },
    ])
  })

  test.each<[rule: string, words: string, job: JsonObject]>([
    [
      'a value of another type',
      'number optional',
      {
        error: 'invalid-triple-error',
        invalid_triples_sample: [
          { entity_id: a, value: 'a', json_type: 'string' },
          { entity_id: b, value: 'b', json_type: 'string' },
        ],
      },
    ],
    ['no date', 'date optional', { error: 'invalid-triple-error' }],
    [
      'null is missing',
      'any',
      {
        error: 'missing-required-error',
        error_data: { count: 1, etype: 'books', label: 's', 'entity-ids': [c] },
        invalid_triples_sample: [{ entity_id: c, value: null, json_type: 'null' }],
      },
    ],
  ])('refused by what is stored: %s', async (_rule, words, job) => {
    const { 'indexing-jobs': jobs } = await push(define({ books: { s: words } }))
    expect(jobs?.jobs).toMatchObject([{ job_status: 'errored', ...job }])
    await app.write(['update', 'books', uuid(9), { s: { anything: 1 } }])
    expect((await push(define({ books: { s: words } }))).steps).toHaveLength(1)
  })

  test('unique is refused by two of one value, which are told', async () => {
    await app.write(['update', 'books', uuid(4), { s: 'b' }])
    const { 'indexing-jobs': jobs } = await push(define({ books: { s: 'any optional unique' } }))
    expect(jobs?.jobs).toMatchObject([
      {
        error: 'triple-not-unique-error',
        invalid_unique_value: 'b',
        invalid_triples_sample: [
          { entity_id: b, value: 'b' },
          { entity_id: uuid(4), value: 'b' },
        ],
      },
    ])
    await app.write(['update', 'books', uuid(5), { s: 'b' }])
  })

  test('what is too large for an index is refused by index and unique', async () => {
    await app.write(['update', 'books', b, { s: 'x'.repeat(2000) }])
    for (const words of ['any optional indexed', 'any optional unique']) {
      const { 'indexing-jobs': jobs } = await push(define({ books: { s: words } }))
      expect(jobs?.jobs).toMatchObject([
        { error: 'triple-too-large-error', invalid_triples_sample: [{ entity_id: b }] },
      ])
    }
  })

  test('one job that fails does not stop the others, nor new attributes', async () => {
    const { transaction, 'indexing-jobs': jobs } = await push(
      define({ books: { s: 'number optional indexed', t: 'any', u: 'any optional' } }),
    )
    expect(transaction).toHaveProperty('id')
    expect(jobs?.jobs.map(({ job_type, error }) => [job_type, error])).toEqual([
      ['index', null],
      ['check-data-type', 'invalid-triple-error'],
      ['required', 'missing-required-error'],
    ])
  })

  test('required works when every entity has a value; then it is asked of writes', async () => {
    await app.write(['update', 'books', c, { s: false }])
    const { 'indexing-jobs': jobs } = await push(define({ books: { s: 'any' } }))
    expect(jobs?.jobs).toMatchObject([{ job_type: 'required', job_status: 'completed' }])
    expect((await refusal(app.write(['create', 'books', uuid(9), {}]))).message).toContain(
      'Missing required',
    )
    await push(define({ books: { s: 'any optional' } }))
    await app.write(['create', 'books', uuid(9), {}])
  })

  test('an index follows the type of its attribute', async () => {
    await app.write(['update', 'books', a, { t: 5 }], ['update', 'books', b, { t: 7 }])
    await push(define({ books: { t: 'any optional indexed' } }))
    await push(define({ books: { t: 'number optional indexed' } }))
    const { books } = await app.read({ books: { $: { where: { t: { $gt: 5 } }, fields: ['t'] } } })
    expect(books).toEqual([{ id: b, t: 7 }])
  })

  test('without background updates constraints change at once, or not at all', async () => {
    const options = { supports_background_updates: false }
    const answer = await push(define({ books: { s: 'any optional unique indexed' } }), options)
    expect(answer.steps).toMatchObject([
      ['update-attr', { 'unique?': true, 'index?': true, 'required?': false }],
    ])
    expect(answer.transaction).toHaveProperty('id')
    expect(answer['indexing-jobs']).toBeNull()
    expect((await refusal(push(define({ books: { s: 'any unique' } }), options))).message).toBe(
      "Validation failed for attributes: Can't update attribute `s` to required because `books` already have entities without it",
    )
    await app.write(['update', 'books', c, { t: 1 }])
    expect(
      (await refusal(push(define({ books: { t: 'any optional unique' } }), options))).type,
    ).toBe('record-not-unique')
    const typed = await push(define({ books: { s: 'string optional unique indexed' } }), options)
    expect(typed['indexing-jobs']?.jobs).toMatchObject([
      { job_type: 'check-data-type', job_status: 'completed' },
    ])
  })
})

describe('links that change', () => {
  const shaped = (forward: string, reverse: string, more: JsonObject = {}) =>
    define(
      { posts: {}, users: {} },
      {
        l: {
          forward: { on: 'posts', label: 'author', has: forward, ...more },
          reverse: { on: 'users', label: 'posts', has: reverse },
        },
      },
    )
  beforeEach(async () => {
    await push(shaped('many', 'many'))
    await app.write(
      ['update', 'posts', a, { author: uuid(11) }],
      ['update', 'posts', b, { author: uuid(12) }],
      ['update', 'users', uuid(11), {}],
      ['update', 'users', uuid(12), {}],
    )
  })

  test('has and onDelete change at once, and are in force for links that are there', async () => {
    const { steps, 'indexing-jobs': jobs } = await push(
      shaped('one', 'one', { onDelete: 'cascade' }),
    )
    expect(steps).toMatchObject([
      ['update-attr', { cardinality: 'one', 'unique?': true, 'on-delete': 'cascade' }],
    ])
    expect(jobs).toBeNull()
    expect((await refusal(app.write(['link', 'posts', a, { author: uuid(12) }]))).type).toBe(
      'record-not-unique',
    )
    await app.write(['link', 'posts', a, { author: uuid(13) }], ['delete', 'users', uuid(12)])
    expect(await app.read({ posts: {} })).toEqual({ posts: [{ id: a, author: uuid(13) }] })
    expect(await push(shaped('many', 'many'))).toMatchObject({
      steps: [['update-attr', { 'on-delete': null }]],
    })
    await app.write(['link', 'posts', a, { author: [uuid(11), uuid(12)] }])
  })

  test('has one is refused where there are more', async () => {
    await app.write(['link', 'posts', a, { author: uuid(12) }])
    expect((await refusal(push(shaped('one', 'many')))).type).toBe('record-not-unique')
    expect((await refusal(push(shaped('many', 'one')))).type).toBe('record-not-unique')
  })

  test('required is a job, which wants a link of every entity', async () => {
    await app.write(['update', 'posts', c, {}])
    const failed = await push(shaped('many', 'many', { required: true }))
    expect(failed['indexing-jobs']?.jobs).toMatchObject([
      {
        job_type: 'required',
        error: 'missing-required-error',
        error_data: { count: 1, label: 'author', 'entity-ids': [c] },
      },
    ])
    await app.write(['delete', 'posts', c])
    const done = await push(shaped('many', 'many', { required: true }))
    expect(done['indexing-jobs']?.jobs).toMatchObject([{ job_status: 'completed' }])
    expect(
      (await refusal(app.write(['unlink', 'posts', a, { author: uuid(11) }]))).message,
    ).toContain('`posts/author`')
  })
})

describe('steps of the CLI (http.md 6.4, 6.14)', () => {
  const attr = (
    id: string,
    namespace: string,
    label: string,
    more: JsonObject = {},
  ): JsonObject => ({
    id,
    'forward-identity': [id, namespace, label],
    'reverse-identity': null,
    'inferred-types': null,
    'value-type': 'blob',
    cardinality: 'one',
    'index?': false,
    'required?': false,
    'unique?': false,
    catalog: 'user',
    ...more,
  })
  const constraint = (id: string, more: JsonObject = {}): JsonObject => ({
    'attr-id': id,
    'forward-identity': [id, 'comments', 'x'],
    ...more,
  })

  test('constraints may be of attributes added by the same list', async () => {
    const answer = await apply(
      ['add-attr', attr(uuid(100), 'comments', 'id')],
      ['unique', constraint(uuid(100))],
      ['required', constraint(uuid(100))],
      ['add-attr', attr(uuid(101), 'comments', 'body', { 'checked-data-type': 'string' })],
      ['index', constraint(uuid(101))],
      [
        'add-attr',
        attr(uuid(102), 'comments', 'post', {
          'value-type': 'ref',
          'reverse-identity': [uuid(103), 'posts', 'comments'],
          'on-delete': 'cascade',
          'checked-data-type': null,
        }),
      ],
      ['unique', constraint(uuid(102))],
    )
    expect(answer['indexing-jobs']?.jobs.map(({ job_status }) => job_status)).toEqual(
      Array(4).fill('completed'),
    )
    expect(await attrOf('comments', 'id')).toMatchObject({ 'unique?': true, 'required?': true })
    expect(await attrOf('comments', 'body')).toMatchObject({
      'index?': true,
      'checked-data-type': 'string',
    })
    expect(await attrOf('posts', 'comments')).toMatchObject({
      cardinality: 'one',
      'unique?': true,
      'on-delete': 'cascade',
    })
    await app.write(['update', 'comments', a, { body: 'x' }])
  })

  test('a rename keeps values, and frees the name in the same list', async () => {
    await apply(
      ['add-attr', attr(uuid(100), 'c', 'id')],
      ['add-attr', attr(uuid(101), 'c', 'old', { 'unique?': true })],
    )
    await app.write(['update', 'c', a, { old: 'x' }])
    await apply(
      ['add-attr', attr(uuid(102), 'c', 'old')],
      ['update-attr', { id: uuid(101), 'forward-identity': [uuid(101), 'c', 'new'] }],
    )
    expect(await app.read({ c: {} })).toEqual({ c: [{ id: a, new: 'x' }] })
    await app.write(['update', 'c', ['new', 'x'], { old: 1 }])
    expect(await app.read({ c: {} })).toEqual({ c: [{ id: a, new: 'x', old: 1 }] })
  })

  test('a namespace is renamed with its attributes', async () => {
    await apply(
      ['add-attr', attr(uuid(100), 'c', 'id')],
      ['add-attr', attr(uuid(101), 'c', 't', { 'index?': true })],
    )
    await app.write(['update', 'c', a, { t: 'x' }])
    await apply(
      ['update-attr', { id: uuid(100), 'forward-identity': [uuid(100), 'd', 'id'] }],
      ['update-attr', { id: uuid(101), 'forward-identity': [uuid(101), 'd', 't'] }],
    )
    expect(await app.read({ d: {} })).toEqual({ d: [{ id: a, t: 'x' }] })
    await app.write(['update', 'c', b, { t: 1 }])
    expect(await app.read({ c: {}, d: {} })).toEqual({
      c: [{ id: b, t: 1 }],
      d: [{ id: a, t: 'x' }],
    })
  })

  test.each<[rule: string, step: Json, message: string]>([
    [
      'a name that is taken',
      ['update-attr', { id: uuid(101), 'forward-identity': [uuid(101), 'c', 'id'] }],
      '`id` already exists on `c`',
    ],
    [
      'a system column',
      ['update-attr', { id: uuid(101), 'forward-identity': [uuid(101), '$users', 'email'] }],
      'Validation failed for attributes: $users.email is a system column and it already exists.',
    ],
    [
      'the id of a namespace',
      ['update-attr', { id: uuid(100), 'forward-identity': [uuid(100), 'c', 'key'] }],
      "Validation failed for attributes: `id` can't be renamed to `key`",
    ],
    [
      'another namespace',
      ['update-attr', { id: uuid(101), 'forward-identity': [uuid(101), 'other', 'x'] }],
      "Validation failed for attributes: `x` can't be moved from `c` to `other`",
    ],
    [
      'an attribute of the system',
      ['delete-attr', '96653230-13ff-ffff-a4b4-46010bffffff'],
      'Validation failed for attributes: $users.email is a system column',
    ],
    [
      'an attribute that is not there',
      ['update-attr', { id: uuid(999) }],
      'Raised Exception: We could not find an attribute with id',
    ],
    ['an unknown step', ['rename-attr', {}], 'Validation failed for steps'],
  ])('refused: %s', async (_rule, step, message) => {
    await apply(
      ['add-attr', attr(uuid(100), 'c', 'id')],
      ['add-attr', attr(uuid(101), 'c', 'x')],
      ['add-attr', attr(uuid(102), 'other', 'id')],
    )
    expect((await refusal(apply(step))).message.startsWith(message)).toBe(true)
  })

  test('a constraint of an attribute that is not there is a job that fails', async () => {
    const { 'indexing-jobs': jobs } = await apply(['index', constraint(uuid(999))])
    expect(jobs?.jobs).toMatchObject([{ error: 'invalid-attr-state-error', job_status: 'errored' }])
  })

  test('a deleted attribute and one added in its place', async () => {
    await apply(
      ['add-attr', attr(uuid(100), 'c', 'id')],
      ['add-attr', attr(uuid(101), 'c', 'x', { 'unique?': true })],
    )
    await app.write(['update', 'c', a, { x: 'old' }])
    await apply(['add-attr', attr(uuid(102), 'c', 'x')], ['delete-attr', uuid(101)])
    expect(await app.read({ c: {} })).toEqual({ c: [{ id: a }] })
  })

  test('finished jobs can be asked for by their group', async () => {
    const { 'indexing-jobs': group } = await apply(['index', constraint(uuid(999))])
    const asked = await readJobs(engine, app.app, group?.['group-id'] ?? '')
    expect(asked).toEqual({ jobs: group?.jobs })
    expect(await readJobs(engine, app.app, uuid(1))).toEqual({ jobs: [] })
    expect(await readJobs(engine, app.app, 'x')).toEqual({ jobs: [] })
  })

  test('steps are wanted', async () => {
    const send = (body: JsonObject) => refusal(applyWireSteps(engine, { app: app.app, body }))
    expect(await send({})).toMatchObject({ type: 'param-missing' })
    expect(await send({ steps: {} })).toMatchObject({ type: 'param-malformed' })
  })
})

describe('reading the schema', () => {
  test('pull has all attributes, ordered by id, and the title (http.md 6.4)', async () => {
    await push(define({ posts: { title: 'string' } }, { l: link('posts.author', '$users.posts') }))
    const pulled = (await pullSchema(engine, app.app)) as unknown as {
      schema: { refs: JsonObject; blobs: Record<string, JsonObject> }
      attrs: { id: string; catalog: string }[]
      'app-title': string
    }
    expect(pulled['app-title']).toBe('test')
    expect(pulled.attrs.map(({ id }) => id)).toEqual(pulled.attrs.map(({ id }) => id).sort())
    expect(pulled.attrs.filter(({ catalog }) => catalog === 'system')).toHaveLength(57)
    expect(Object.keys(pulled.schema.blobs)).toEqual(
      expect.arrayContaining(['$users', '$files', '$streams', 'posts']),
    )
    expect(Object.keys(pulled.schema.blobs)).toHaveLength(4)
    expect(Object.keys(pulled.schema.blobs.$files ?? {}).sort()).toEqual(['id', 'path', 'url'])
    expect(pulled.schema.blobs.$files?.url).toMatchObject({ 'required?': true })
    expect(Object.keys(pulled.schema.refs)).toHaveLength(3)
    expect(pulled.schema.refs).toHaveProperty(
      ['["posts" "author" "$users" "posts"]', 'value-type'],
      'ref',
    )
    expect(pulled.schema.blobs.$users?.email).toEqual({
      id: '96653230-13ff-ffff-a4b4-46010bffffff',
      'forward-identity': ['96653231-03ff-ffff-a4b4-46010bffffff', '$users', 'email'],
      'value-type': 'blob',
      cardinality: 'one',
      'unique?': true,
      'index?': true,
      'required?': false,
      'inferred-types': null,
      catalog: 'system',
      'checked-data-type': 'string',
    })
  })

  test('the admin route joins names with dashes (http.md 2.17)', async () => {
    await push(define({}, { l: link('posts.author', '$users.posts') }))
    const { schema } = (await adminSchema(engine, app.app)) as unknown as {
      schema: { refs: JsonObject }
    }
    expect(Object.keys(schema.refs)).toContain('posts-author-$users-posts')
  })
})

function link(forward: string, reverse: string): JsonObject {
  const side = (name: string) => {
    const [on = '', label = ''] = name.split('.')
    return { on, label, has: 'many' }
  }
  return { forward: side(forward), reverse: side(reverse) }
}

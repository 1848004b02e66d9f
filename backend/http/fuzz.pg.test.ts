import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '@/backend/operations/engine'
import { openTestEngine } from '@/backend/operations/testing'
import { sql } from '@/backend/sql/sql'
import { createHttpApp } from './http-app'

/*
 * Whatever is sent is answered or refused: never an error of the server's own, never another app's
 * record, never half of a transaction. For more: FUZZ_RUNS=5000 FUZZ_SEED=7 npx vitest run … fuzz
 */
const numRuns = Number(process.env.FUZZ_RUNS ?? 150)
const seed = Number(process.env.FUZZ_SEED ?? 1)
const canary = 'a-secret-of-another-app'

let engine: Engine
let http: ReturnType<typeof createHttpApp>
let app: { id: string; 'admin-token': string }
let slowest = 0

const attr = (valueType: string, indexed = true) => ({
  valueType,
  required: false,
  config: { indexed, unique: valueType === 'string' },
})
const schema = {
  entities: {
    notes: {
      attrs: {
        title: attr('string'),
        rank: attr('number'),
        at: attr('date'),
        isDone: attr('boolean'),
        body: attr('any', false),
      },
      links: {},
    },
    people: { attrs: { name: attr('string') }, links: {} },
  },
  links: {
    author: {
      forward: { on: 'notes', has: 'one', label: 'author', onDelete: 'cascade' },
      reverse: { on: 'people', has: 'many', label: 'notes' },
    },
  },
}
const ids = Array.from({ length: 4 }, (_, n) => `00000000-0000-4000-8000-00000000000${n}`)

beforeAll(async () => {
  engine = await openTestEngine()
  http = createHttpApp(engine)
  app = await open('fuzzed')
  const other = await open('other')
  await send(other, '/admin/transact', {
    steps: [['create', 'notes', ids[0], { title: canary, body: canary }]],
  })
  await send(app, '/admin/transact', {
    steps: ids.flatMap((id, n) => [
      ['update', 'people', id, { name: `Person ${n}` }],
      ['update', 'notes', id, { title: `Note ${n}`, rank: n, isDone: n % 2 === 0 }],
      ['link', 'notes', id, { author: id }],
    ]),
  })
})
afterAll(async () => {
  await engine.db.close()
  console.log(`The slowest of the fuzzed requests took ${Math.round(slowest)} ms.`)
})

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    'id',
    'title',
    'rank',
    'at',
    'author',
    'author.name',
    'author.notes.title',
    '__proto__',
    'constructor',
    'toString',
    '$',
    '$$ruleParams',
    "'; drop table entities; --",
    '") or 1=1 --',
    '$1',
    '\u0000',
    '\ud800',
    'é\u0301',
    '\u202e',
    '%',
    '\\',
    '1e400',
    'infinity',
    '2024-02-30',
    'epoch',
    ...ids,
  ),
)
const scalar = fc.oneof(
  text,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, 0, -0, 1e308, -1e308, 1e-320, 2 ** 53 + 1, -1),
)
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('any'), { maxLength: 5 }),
    fc.dictionary(text, tie('any'), { maxKeys: 5 }),
  ),
})).any
const label = fc.oneof(
  fc.constantFrom('notes', 'people', 'title', 'author', '$users', '$files'),
  text,
)
const operator = fc.constantFrom(
  '$in',
  'in',
  '$not',
  '$ne',
  '$isNull',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$like',
  '$ilike',
)
const condition = fc.oneof(
  scalar,
  fc.dictionary(fc.oneof(operator, text), value, { maxKeys: 2 }),
  value,
)
function conjunction(levels: number): fc.Arbitrary<unknown> {
  const own = fc.oneof(fc.dictionary(text, condition, { maxKeys: 3 }), value)
  if (levels === 0) return own
  const list = fc.array(conjunction(levels - 1), { maxLength: 3 })
  return fc.oneof(own, fc.record({ or: list }), fc.record({ and: list }))
}
const where = conjunction(3)
const options = fc.oneof(
  fc.record(
    {
      where,
      order: fc.oneof(fc.dictionary(text, fc.oneof(fc.constantFrom('asc', 'desc'), value)), value),
      limit: fc.oneof(fc.nat(5), value),
      first: fc.oneof(fc.nat(5), value),
      last: fc.oneof(fc.nat(5), value),
      offset: fc.oneof(fc.nat(5), value),
      after: value,
      before: value,
      fields: fc.oneof(fc.array(text), value),
      aggregate: fc.oneof(fc.constant('count'), value),
    },
    { requiredKeys: [] },
  ),
  value,
)
/** A node with links below it, at most so many levels deep. */
function node(levels: number): fc.Arbitrary<unknown> {
  const own = fc.oneof(
    options.map(($) => ({ $ })),
    value,
  )
  return levels === 0 ? own : fc.oneof(own, fc.dictionary(label, node(levels - 1), { maxKeys: 3 }))
}
const query = fc.dictionary(label, node(3), { minKeys: 1, maxKeys: 2 })
const reference = fc.oneof(
  fc.constantFrom(...ids),
  fc.uuid(),
  fc.tuple(text, value),
  text.map((word) => `lookup__title__${JSON.stringify(word)}`),
  value,
)
const step = fc.oneof(
  fc.tuple(
    fc.constantFrom('create', 'update', 'merge', 'link', 'unlink', 'delete', 'ruleParams'),
    label,
    reference,
    fc.oneof(fc.dictionary(text, fc.oneof(value, reference), { maxKeys: 4 }), value),
    fc.oneof(fc.constant(undefined), fc.record({ upsert: fc.boolean() }), value),
  ),
  fc.tuple(fc.constantFrom('add-attr', 'delete-attr', 'restore-attr', 'update-attr'), value),
  fc.array(value, { maxLength: 6 }),
  value,
)
const steps = fc.oneof(fc.array(step, { maxLength: 5 }), value)

describe('a fuzzed request is answered or refused', () => {
  test('as a query', () =>
    fc.assert(
      fc.asyncProperty(query, fc.boolean(), async (asked, isInferred) => {
        await check('/admin/query', { query: asked, 'inference?': isInferred })
      }),
      { numRuns, seed },
    ))

  test('as a query that is any JSON', () =>
    fc.assert(
      fc.asyncProperty(value, async (asked) => {
        await check('/admin/query', { query: asked })
      }),
      { numRuns, seed },
    ))

  test('as a subscribed query', () =>
    fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const stop = new AbortController()
        const response = await request('/admin/subscribe-query', { query: asked }, stop.signal)
        if (response.status !== 200) return judge(response.status, await response.text())
        const [init, first] = await readEvents(response, 2)
        stop.abort()
        expect(init).toMatchObject({ op: 'sse-init' })
        if (first?.op === 'error') return judge(Number(first.status), JSON.stringify(first))
        expect(first).toMatchObject({ op: 'add-query-ok', q: asked, result: expect.any(Object) })
        expect(JSON.stringify(first)).not.toContain(canary)
      }),
      { numRuns: Math.ceil(numRuns / 5), seed },
    ))

  test('as a transaction, of which all is written or nothing', () =>
    fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (written, isStrict) => {
        await checkWrite({ steps: written, 'throw-on-missing-attrs?': isStrict })
      }),
      { numRuns, seed },
    ))
})

test.each<[what: string, body: () => object | string]>([
  ['levels', () => `{"query":{"notes":${nested(10_000, '{"author":', '}')}}}`],
  ['levels of a where', () => whereText(nested(10_000, '{"or":[', ']}'))],
  ['values of a list', () => whereBody({ title: { $in: many(100_000) } })],
  ['links of a path', () => whereBody({ [`${'author.notes.'.repeat(500)}title`]: 'x' })],
  ['conditions', () => whereBody({ or: many(1_000).map((title) => ({ title })) })],
  ['namespaces', () => ({ query: Object.fromEntries(many(1_000).map((name) => [name, {}])) })],
  [
    'child links',
    () => ({ query: { notes: Object.fromEntries(many(1_000).map((name) => [name, {}])) } }),
  ],
])('a query of very many %s is answered or refused', async (_what, body) => {
  await check('/admin/query', body())
})

test.each<[what: string, body: () => object | string]>([
  ['levels of a value', () => bodyText(nested(10_000, '{"x":', '}'))],
  ['characters', () => ({ steps: [['update', 'notes', ids[0], { body: 'x'.repeat(1_000_000) }]] })],
  [
    'indexed characters',
    () => ({ steps: [['update', 'notes', ids[0], { title: 'x'.repeat(1_000_000) }]] }),
  ],
  [
    'new attributes',
    () => ({
      steps: [['update', 'wide', ids[0], Object.fromEntries(many(2_000).map((name) => [name, 1]))]],
    }),
  ],
  ['steps', () => ({ steps: many(10_000).map(() => ['update', 'notes', ids[1], { rank: 1 }]) })],
  [
    'links',
    () => ({
      steps: [['link', 'people', ids[1], { notes: many(5_000).map(() => crypto.randomUUID()) }]],
    }),
  ],
])('a transaction of very many %s is written or refused', async (_what, body) => {
  await checkWrite(body())
})

function many(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `n${n}`)
}

function whereBody(condition: object): object {
  return { query: { notes: { $: { where: condition } } } }
}

function whereText(condition: string): string {
  return `{"query":{"notes":{"$":{"where":${condition}}}}}`
}

function bodyText(json: string): string {
  return `{"steps":[["update","notes","${ids[0]}",{"body":${json}}]]}`
}

/** The status, once it is certain that nothing has gone wrong. */
async function check(path: string, body: object | string): Promise<number> {
  const startedAt = performance.now()
  const response = await request(path, body)
  const answer = await response.text()
  slowest = Math.max(slowest, performance.now() - startedAt)
  judge(response.status, answer)
  return response.status
}

/** Checks a transaction, and that one that is refused has left nothing behind. */
async function checkWrite(body: object | string): Promise<void> {
  const before = await snapshot()
  const status = await check('/admin/transact', body)
  if (status !== 200) expect(await snapshot()).toBe(before)
}

/** An answer, or a refusal of the form that its type has (contract http.md 1.5 and 1.6). */
function judge(status: number, answer: string): void {
  expect({ status, answer: status >= 500 ? answer : '' }).toEqual({
    status: expect.toSatisfy((told: number) => told === 200 || told === 400 || told === 429),
    answer: '',
  })
  expect(answer).not.toContain(canary)
  if (status === 200) return
  const refusal: { type: string } = JSON.parse(answer)
  expect(refusal).toMatchObject({ type: expect.any(String), message: expect.any(String) })
  expect(refusal).toHaveProperty('hint', hints[refusal.type] ?? expect.anything())
}

/** What the hint of a refusal says at least, by its type; of others there has to be one. */
const hints: Readonly<Record<string, unknown>> = {
  'param-missing': expect.objectContaining({ in: expect.any(Array) }),
  'param-malformed': expect.objectContaining({ in: expect.any(Array) }),
  'record-not-found': expect.objectContaining({ 'record-type': expect.any(String) }),
  'record-not-unique': expect.objectContaining({ 'record-type': expect.any(String) }),
  timeout: null,
}

/** The first events of a stream. */
async function readEvents(
  response: Response,
  count: number,
): Promise<readonly { readonly op?: string; readonly status?: unknown }[]> {
  const decoder = new TextDecoder()
  const reader = response.body?.getReader()
  let read = ''
  for (;;) {
    const events = read
      .split('\n\n')
      .slice(0, -1)
      .flatMap((event) => /^data: (.*)/m.exec(event)?.[1] ?? [])
    if (events.length >= count) return events.map((event) => JSON.parse(event))
    const part = await reader?.read()
    if (!part || part.done) throw new Error(`The stream has ended after: ${read}`)
    read += decoder.decode(part.value, { stream: true })
  }
}

function request(path: string, body: object | string, signal?: AbortSignal) {
  return http.request(path, {
    method: 'POST',
    headers: {
      host: '127.0.0.1',
      'content-type': 'application/json',
      'app-id': app.id,
      authorization: `Bearer ${app['admin-token']}`,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  })
}

/** Everything that a transaction can change, of both apps. */
async function snapshot(): Promise<string> {
  const [row] = await engine.db.query<{ sum: string }>(sql`
    select md5(concat(
      (select string_agg(md5(e::text), '' order by e.app, e.ns, e.id) from entities e),
      (select string_agg(md5(l::text), '' order by l.app, l.attr, l.from_id, l.to_id) from links l),
      (select string_agg(md5(v::text), '' order by v.app, v.id, v.attr) from index_values v),
      (select string_agg(md5(a::text), '' order by a.app, a.key) from attrs a),
      (select count(*)::text from transactions))) as sum`)
  return row?.sum ?? ''
}

async function open(title: string): Promise<typeof app> {
  const made = await http.request('/dash/apps/ephemeral', {
    method: 'POST',
    headers: { host: '127.0.0.1', 'content-type': 'application/json' },
    body: JSON.stringify({ title, schema }),
  })
  return ((await made.json()) as { app: typeof app }).app
}

async function send(to: typeof app, path: string, body: object): Promise<void> {
  const response = await http.request(path, {
    method: 'POST',
    headers: {
      host: '127.0.0.1',
      'content-type': 'application/json',
      'app-id': to.id,
      authorization: `Bearer ${to['admin-token']}`,
    },
    body: JSON.stringify(body),
  })
  expect(response.status, await response.text()).toBe(200)
}

/** JSON as text: values this deep cannot be written by JSON.stringify. */
function nested(depth: number, before: string, after: string): string {
  return `${before.repeat(depth)}1${after.repeat(depth)}`
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json, JsonObject } from '@/lib/base/json'
import type { RuledActor } from './actor'
import { checkQuery } from './check-query'
import type { Engine } from './engine'
import { maxCandidates } from './judging/collect-candidates'
import { runQuery } from './query'
import { createTestApp, define, openTestEngine, type TestApp, uuid } from './testing'

let engine: Engine
let app: TestApp
const guest: RuledActor = { kind: 'guest' }

/** Twelve posts, of which every third is open; each has a note, whose author is one of two. */
const post = (n: number) => uuid(n)
const note = (n: number) => uuid(100 + n)
const author = (n: number) => uuid(200 + n)

beforeAll(async () => {
  engine = await openTestEngine()
  app = await createTestApp(engine)
  const many = (on: string, label: string, target: string, reverse: string): JsonObject => ({
    forward: { on, has: 'many', label },
    reverse: { on: target, has: 'many', label: reverse },
  })
  await app.push(
    define(
      {
        posts: { n: 'number indexed', isOpen: 'boolean', secret: 'string indexed optional' },
        notes: { text: 'string indexed' },
        authors: { name: 'string indexed' },
        crowd: { n: 'number indexed' },
      },
      {
        notes: many('posts', 'notes', 'notes', 'posts'),
        author: many('notes', 'author', 'authors', 'notes'),
      },
    ),
  )
  const all = Array.from({ length: 12 }, (_, index) => index + 1)
  await app.write(
    ...[0, 1].map((n): Json => ['update', 'authors', author(n), { name: `A${n}` }]),
    ...all.flatMap((n): Json[] => [
      ['update', 'posts', post(n), { n, isOpen: n % 3 === 0, secret: `s${n}` }],
      ['update', 'notes', note(n), { text: `t${n}` }],
      ['link', 'posts', post(n), { notes: note(n) }],
      ['link', 'notes', note(n), { author: author(n % 2) }],
    ]),
  )
})
afterAll(() => engine.db.close())

const openOnly: JsonObject = { posts: { allow: { view: 'data.isOpen' } } }

test.each<
  [rule: string, query: JsonObject, rules: JsonObject, checked: Record<string, readonly string[]>]
>([
  [
    'every row of a namespace, hidden or not',
    { posts: {} },
    openOnly,
    { posts: range(1, 12).map(post) },
  ],
  [
    'on a page as far as it reaches for the caller',
    { posts: { $: { order: { n: 'asc' }, limit: 2 } } },
    openOnly,
    { posts: range(1, 6).map(post) },
  ],
  [
    'or for whoever sees everything, when that is farther',
    { posts: { $: { order: { n: 'asc' }, limit: 2 } } },
    { posts: { allow: { view: 'false' } } },
    { posts: range(1, 2).map(post) },
  ],
  [
    'from the end of an order too',
    { posts: { $: { order: { n: 'asc' }, last: 1 } } },
    openOnly,
    { posts: [post(12)] },
  ],
  [
    'hidden rows that a condition matches by what they hide',
    { posts: { $: { where: { secret: { $in: ['s1', 's3'] } } } } },
    { posts: { allow: { view: 'data.isOpen' }, fields: { secret: 'false' } } },
    { posts: [post(1), post(3)], 'posts.secret': [post(1), post(3)] },
  ],
  [
    'what hangs below a hidden row',
    { posts: { $: { where: { n: 1 } }, notes: { author: {} } } },
    openOnly,
    { posts: [post(1)], notes: [note(1)], authors: [author(1)] },
  ],
  [
    'what a condition passes and meets',
    { posts: { $: { where: { 'notes.author.name': 'A1', n: { $lte: 2 } } } } },
    { authors: { allow: { view: 'false' } } },
    { posts: [post(1)], notes: [note(1)], authors: [author(1)] },
  ],
  [
    'what must not be met',
    { posts: { $: { where: { 'notes.text': { $not: 't9' }, n: 3 } } } },
    { notes: { allow: { view: 'false' } } },
    { posts: [post(3)], notes: [note(3)] },
  ],
])('checks name %s', async (_rule, query, rules, checked) => {
  const { checks, isComplete } = await check(query, rules)
  const named: Record<string, string[]> = {}
  for (const { namespace, label, id } of checks) {
    const key = label === null ? namespace : `${namespace}.${label}`
    named[key] = [...(named[key] ?? []), id].sort()
  }

  expect(named).toEqual(checked)
  expect(isComplete).toBe(true)
})

test('the result is what the caller would see, where rules become SQL as well', async () => {
  const rules = { ...openOnly, notes: { allow: { view: "data.text != 't6'" } } }
  await app.rule(rules)
  const query = { posts: { $: { order: { n: 'desc' }, first: 3 }, notes: {} } }
  const { result } = await check(query, rules)
  const request = { app: app.app, actor: guest, requestOrigin, query, isInferred: false }

  expect(result).toEqual((await runQuery(engine, { ...request, wantsPageInfo: false })).tree)
  expect(result.posts).toMatchObject([{ n: 12 }, { n: 9 }, { n: 6, notes: [] }])
})

test('a token is taken for each row once, although rows are looked at twice', async () => {
  const rules = {
    posts: { allow: { view: 'data.isOpen && rateLimit.few.limit("x")' } },
    $rateLimits: { few: { limits: [{ capacity: 4 }] } },
  }

  expect((await check({ posts: {} }, rules)).result.posts).toHaveLength(4)
})

test('there is an end to what is looked at, and it is told', async () => {
  const steps = range(1, maxCandidates + 50).map(
    (n): Json => ['update', 'crowd', uuid(5_000 + n), { n }],
  )
  await app.write(...steps)
  const { checks, isComplete, result } = await check({ crowd: {} }, {})

  expect({ checks: checks.length, isComplete }).toEqual({
    checks: maxCandidates,
    isComplete: false,
  })
  expect(result.crowd).toHaveLength(maxCandidates + 50)
})

const requestOrigin = { ip: null, origin: null }

function check(query: JsonObject, rulesOverride: JsonObject) {
  const request = { app: app.app, actor: guest, requestOrigin, query, isInferred: false }
  return checkQuery(engine, { ...request, wantsPageInfo: false, rulesOverride })
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileRules } from '@/backend/rules/compile-rules'
import { createRequestScope } from '@/backend/rules/request-scope'
import { createRandom, type Random } from '@/backend/rules/testing/random'
import { toFilter } from '@/backend/rules/to-filter'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'
import type { RuledActor } from '../actor'
import { checkQuery } from '../check-query'
import type { Engine } from '../engine'
import { runQuery } from '../query'
import { createTestApp, define, openTestEngine, refusal, type TestApp, uuid } from '../testing'

/**
 * View rules as SQL against view rules evaluated row by row, on random rules and rows: what is
 * shown, with which fields, what conditions find, and what hangs below.
 */
/** Documents, with two random rules each. */
const documentCount = 1_000
const rowCount = 36
const people = [uuid(501), uuid(502), uuid(503)]
const requestOrigin = { ip: null, origin: null }
const scalars: readonly Json[] = ['a', 'b', '', 'ä', 0, 1, 2.5, -1, true, false]

let engine: Engine
let app: TestApp
let stored: { readonly rows: readonly JsonObject[]; readonly people: readonly JsonObject[] }

beforeAll(async () => {
  engine = await openTestEngine()
  app = await createTestApp(engine)
  await app.push(
    define(
      {
        rows: {
          num: 'number indexed optional',
          flag: 'boolean optional',
          text: 'string indexed optional',
          born: 'date indexed optional',
          any: 'any optional',
          other: 'any indexed optional',
          n: 'number indexed',
        },
        people: { name: 'string optional' },
      },
      {
        owner: {
          forward: { on: 'rows', has: 'one', label: 'owner' },
          reverse: { on: 'people', has: 'many', label: 'rows' },
        },
        tags: {
          forward: { on: 'rows', has: 'many', label: 'tags' },
          reverse: { on: 'people', has: 'many', label: 'tagged' },
        },
      },
    ),
  )
  const random = createRandom(7)
  await app.write(
    ...people.map(
      (id, n): Json => ['update', 'people', id, n === 2 ? {} : { name: 'ab'.charAt(n) }],
    ),
    ...Array.from(
      { length: rowCount },
      (_, n): Json => ['update', 'rows', uuid(n), row(random, n)],
    ),
    ...Array.from({ length: rowCount }, (_, n): Json => ['link', 'rows', uuid(n), links(random)]),
  )
  stored = (await app.read({ rows: {}, people: {} })) as unknown as typeof stored
})
afterAll(() => engine.db.close())

test('SQL shows what evaluation shows', async () => {
  const random = createRandom(20_261)
  const different: unknown[] = []
  let translated = 0
  let failed = 0
  for (let n = 0; n < documentCount; n++) {
    const view = randomRule(random, 3)
    const code = { rows: { allow: { view }, fields: { text: randomRule(random, 1) } } }
    const actor = randomActor(random)
    if (isTranslated(code, actor)) translated++
    const evaluated = await evaluate(code, actor, n)
    const shown = await show(code, actor, n)
    if (!evaluated.ok) failed++
    if (JSON.stringify(shown) !== JSON.stringify(evaluated)) {
      different.push({ code, actor, shown, evaluated })
    }
  }

  expect(different).toEqual([])
  // What else there is may fail on some row, or looks at it in a way that SQL has no words for.
  expect(translated).toBeGreaterThan(documentCount / 3)
  expect(failed).toBeLessThan(documentCount / 2)
}, 600_000)

/** Answers with SQL allowed: one always, one with conditions or a page now and then. */
async function show(code: JsonObject, actor: RuledActor, turn: number): Promise<Answer> {
  const ruled: Engine = { ...engine, readRules: async () => compileRules(code) }
  const answers: Json[] = []
  for (const query of queriesOf(turn)) {
    const request = { app: app.app, actor, requestOrigin, query, isInferred: false }
    const answer = await attempt(runQuery(ruled, { ...request, wantsPageInfo: false }))
    if (!answer.ok) return answer
    answers.push(sorted(answer.data.tree))
  }
  return { ok: true, data: answers }
}

type Answer = Result<readonly Json[], string>

function queriesOf(turn: number): readonly JsonObject[] {
  return [
    { rows: {}, people: { rows: {} } },
    ...(turn % 3 === 0
      ? [{ rows: { $: { where: { text: 'a' } } }, people: { $: { where: { 'rows.text': 'a' } } } }]
      : []),
    ...(turn % 5 === 0 ? [{ rows: { $: { order: { n: 'desc' }, limit: 4 } } }] : []),
  ]
}

/** The same, worked out from what evaluation says of every row. */
async function evaluate(
  rulesOverride: JsonObject,
  actor: RuledActor,
  turn: number,
): Promise<Answer> {
  const request = { app: app.app, actor, requestOrigin, query: { rows: {} }, isInferred: false }
  const answer = await attempt(
    checkQuery(engine, { ...request, wantsPageInfo: false, rulesOverride }),
  )
  if (!answer.ok) return answer
  const passing = (label: string | null) =>
    new Set(
      answer.data.checks.flatMap((check) =>
        check.label === label && check.value !== false && check.value !== null ? [check.id] : [],
      ),
    )
  const [visible, readable] = [passing(null), passing('text')]
  const rows = stored.rows
    .filter(({ id }) => visible.has(String(id)))
    .map(({ text, ...others }): JsonObject => {
      const isShown = text !== undefined && readable.has(String(others.id))
      return isShown ? { ...others, text } : others
    })
  const below = stored.people.map((person) => ({
    ...person,
    rows: rows.filter(({ owner }) => owner === person.id),
  }))
  const matching = rows.filter(({ text }) => text === 'a')
  const owners = new Set(matching.map(({ owner }) => owner))
  const holders = stored.people.filter(({ id }) => owners.has(id))
  const page = [...rows].sort((a, b) => Number(b.n) - Number(a.n)).slice(0, 4)
  const answers = [
    { rows, people: below },
    ...(turn % 3 === 0 ? [{ rows: matching, people: holders }] : []),
    ...(turn % 5 === 0 ? [{ rows: page }] : []),
  ]
  return { ok: true, data: answers.map(sorted) }
}

async function attempt<T>(work: Promise<T>): Promise<Result<T, string>> {
  const [settled] = await Promise.allSettled([work])
  if (settled.status === 'fulfilled') return { ok: true, data: settled.value }
  return { ok: false, error: (await refusal(work)).type }
}

/** The order of keys says nothing. */
function sorted(json: Json): Json {
  if (isJsonObject(json)) {
    const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(entries.map(([key, value]) => [key, sorted(value)]))
  }
  return Array.isArray(json) ? json.map(sorted) : json
}

function isTranslated(code: JsonObject, actor: RuledActor): boolean {
  const rule = compileRules(code).rule('rows', 'view')
  if (!rule?.program.ok) return false
  const auth = actor.kind === 'user' ? { id: actor.user.id, ...actor.user.values } : null
  const scope = createRequestScope({ auth, ruleParams: null, timeMs: 0, ip: null, origin: null })
  const types: Record<string, 'number' | 'boolean' | 'string' | 'date'> = {
    num: 'number',
    flag: 'boolean',
    text: 'string',
    born: 'date',
    n: 'number',
  }
  return (
    toFilter(rule.program.data, { scope, checkedType: (label) => types[label] ?? null }) !== null
  )
}

function randomActor(random: Random): RuledActor {
  if (random.pick([true, false, false])) return { kind: 'guest' }
  const values = { num: random.pick([1, 2.5, null]), any: random.pick(scalars) }
  return { kind: 'user', user: { id: random.pick(people), createdAtMs: 0, values } }
}

function row(random: Random, n: number): JsonObject {
  const values: readonly (readonly [string, Json])[] = [
    ['num', random.pick([null, 0, 1, 2.5, -1])],
    ['flag', random.pick([null, true, false])],
    ['text', random.pick([null, 'a', 'a', 'b', '', 'ä'])],
    ['born', random.pick([null, '2020-01-01', '2020-01-01T00:00:00Z', 0, 1])],
    ['any', random.pick([null, ...scalars, [1], { a: 1 }])],
    ['other', random.pick([null, ...scalars])],
  ]
  const given = values.filter(() => random.pick([true, true, true, false]))
  return { ...Object.fromEntries(given), n }
}

function links(random: Random): JsonObject {
  const owner = random.pick([null, ...people])
  return {
    ...(owner && { owner }),
    tags: people.filter(() => random.pick([true, false])),
  }
}

function randomRule(random: Random, depth: number): string {
  if (depth <= 0) return randomTest(random)
  const inner = () => `(${randomRule(random, depth - random.pick([1, 1, 2, depth]))})`
  return random.pick<() => string>([
    () => `${inner()} && ${inner()}`,
    () => `${inner()} || ${inner()}`,
    () => `!${inner()}`,
    () => `${inner()} ? ${inner()} : ${inner()}`,
    () => randomGuarded(random),
    () => randomGuarded(random),
    () => randomTest(random),
  ])()
}

/** Rules as people write them: null is ruled out before a comparison that it would fail. */
function randomGuarded(random: Random): string {
  const by = random.pick(['<', '<=', '>', '>='])
  return random.pick([
    `data.num != null && data.num ${by} ${random.pick(['1', '2.5', '0'])}`,
    'data.flag != null && data.flag',
    'data.flag == null || !data.flag',
    "auth.id != null && auth.id in data.ref('owner.id')",
    "'a' in data.ref('tags.name')",
    'auth.id == data.owner',
    'auth.num != null && data.num == auth.num',
  ])
}

function randomTest(random: Random): string {
  const labels = ['num', 'flag', 'text', 'born', 'any', 'other', 'owner', 'id', 'n', 'nope']
  const field = `data.${random.pick(labels)}`
  const value = random.pick([
    ...scalars.map((scalar) => JSON.stringify(scalar)),
    ...[
      'null',
      'auth.id',
      'auth.num',
      'auth.any',
      `'${people[0]}'`,
      `'${uuid(3)}'`,
      "'2020-01-01'",
    ],
  ])
  return random.pick([
    `${field} == ${value}`,
    `${value} != ${field}`,
    `${field} in [${value}, 'a', 1]`,
    `${value} in data.ref('${random.pick(['owner.id', 'owner.name', 'tags.name', 'tags.id'])}')`,
    random.pick(['true', 'false', 'auth.id == null']),
    `size(data.ref('tags.id')) > 1`,
  ])
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Labels, randomWhere, seededRandom } from '@/backend/query/testing/random-where'
import { meets, type Topics } from '@/backend/schema/topics'
import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { type Actor, admin } from './actor'
import type { Engine } from './engine'
import { runWatchedQuery } from './query'
import { createTestApp, define, openTestEngine, type TestApp, uuid } from './testing'
import { createToken, signOut } from './tokens'
import { getUser } from './users'

/**
 * Random transactions beside random queries, asked as the admin and as users under rules: where the
 * answer to a query changes, what was written must meet what the last run said it depends on.
 */
const transactionCount = 150
const queryCount = 60

const people = Array.from({ length: 6 }, (_, n) => uuid(100 + n))
const tasks = Array.from({ length: 14 }, (_, n) => uuid(200 + n))
const tags = Array.from({ length: 5 }, (_, n) => uuid(300 + n))
const users = [uuid(401), uuid(402), uuid(403)]

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.db.close())

test.each([1, 2])(
  'no change of an answer is missed, seed %i',
  async (seed) => {
    const random = seededRandom(seed)
    const app = await createWorld(random)
    const followed: Followed[] = []
    for (let n = 0; n < queryCount; n++) {
      const one = { query: randomQuery(random), whom: pick(['admin', 'guest', ...users], random) }
      followed.push({ ...one, ...(await ask(app, one)) })
    }
    for (const one of plainQueries) followed.push({ ...one, ...(await ask(app, one)) })
    const written: Topics[] = []
    const stop = await engine.changes.subscribe(app.app, (topics) => written.push(topics))
    const missed: unknown[] = []
    const counts = { changed: 0, met: 0, skipped: 0 }
    for (let n = 0; n < transactionCount; n++) {
      const steps = await change(app, random)
      const topics = written.splice(0)
      for (const one of followed) {
        const { hasChanged, isMet, now } = await refresh(app, one, topics)
        counts.changed += Number(hasChanged)
        counts[isMet ? 'met' : 'skipped'] += 1
        if (hasChanged && !isMet) missed.push({ steps, topics, before: one, now })
      }
    }
    stop()

    expect(missed.slice(0, 2)).toEqual([])
    expect(counts.changed).toBeGreaterThan(200)
    // In a world so small nearly everything is near everything.
    expect(counts.skipped).toBeGreaterThan(counts.met / 2)
  },
  300_000,
)

/** What apps ask all the time, and what depends on as little as can be. */
const plainQueries: readonly Whom[] = [
  ...people.map((id) => ({ people: { $: { where: { id } }, tasks: {} } })),
  ...people.map((owner) => ({ tasks: { $: { where: { owner } } } })),
  ...['title', 'rank'].map((label) => ({ tasks: { $: { order: { [label]: 'asc' }, limit: 3 } } })),
].map((query) => ({ query, whom: 'admin' }))

interface Followed extends Whom {
  print: string
  topics: Topics
}

/** Who is not told of a transaction goes on with what they knew. */
async function refresh(app: TestApp, one: Followed, written: readonly Topics[]) {
  const isMet = written.some((each) => meets(each, one.topics))
  const now = await ask(app, one)
  const hasChanged = now.print !== one.print
  if (isMet) Object.assign(one, now)
  return { hasChanged, isMet, now }
}

interface Whom {
  readonly query: JsonObject
  readonly whom: string
}

async function ask(
  app: TestApp,
  { query, whom }: Whom,
): Promise<{ print: string; topics: Topics }> {
  const user = users.includes(whom)
    ? await getUser(engine, app.app, { kind: 'id', id: whom })
    : null
  if (users.includes(whom) && !user) return { print: 'gone', topics: new Map([['all', null]]) }
  const actor: Actor = user ? { kind: 'user', user } : whom === 'admin' ? admin : { kind: 'guest' }
  const { answer, topics } = await runWatchedQuery(engine, {
    app: app.app,
    actor,
    requestOrigin: { ip: null, origin: null },
    query,
    isInferred: false,
    wantsPageInfo: true,
  })
  return { print: JSON.stringify([answer.tree, answer.pageInfo, answer.counts]), topics }
}

async function createWorld(random: () => number): Promise<TestApp> {
  const app = await createTestApp(engine)
  await app.push(
    define(
      {
        people: {
          name: 'string indexed optional',
          age: 'number indexed optional',
          note: 'any optional',
        },
        tasks: {
          title: 'string indexed optional',
          rank: 'number indexed optional',
          isDone: 'boolean optional',
        },
        tags: { label: 'string unique indexed optional' },
      },
      {
        owner: oneToMany('tasks', 'owner', 'people', 'tasks', { onDelete: 'cascade' }),
        parent: oneToMany('tasks', 'parent', 'tasks', 'children'),
        tagged: {
          forward: { on: 'tasks', has: 'many', label: 'tags' },
          reverse: { on: 'tags', has: 'many', label: 'tasks' },
        },
        partner: {
          forward: { on: 'people', has: 'one', label: 'partner' },
          reverse: { on: 'people', has: 'one', label: 'partnerOf' },
        },
        account: oneToMany('people', 'account', '$users', 'people'),
      },
    ),
  )
  await app.write(['add-attr', roleAttr])
  await app.rule(rules)
  await app.write(...users.map((id, n): Json => ['create', '$users', id, { email: `${n}@x.co` }]))
  for (let n = 0; n < 30; n++) await change(app, random)
  return app
}

const rules: JsonObject = {
  people: {
    allow: { view: "data.note != 'secret'" },
    fields: { age: "auth.id in data.ref('account.id')" },
  },
  tasks: {
    allow: { view: "isMine || data.isDone == true || 'open' in data.ref('tags.label')" },
    bind: ['isMine', "auth.id != null && auth.id in data.ref('owner.account.id')"],
    fields: { rank: "auth.role == 'clerk'" },
  },
  tags: {
    allow: { view: "data.label != 'hidden' || size(auth.ref('$user.people.tasks.id')) > 1" },
  },
}

const roleAttr: JsonObject = {
  id: uuid(900),
  'forward-identity': [uuid(901), '$users', 'role'],
  'value-type': 'blob',
  cardinality: 'one',
  'unique?': false,
  'index?': false,
}

const values: Readonly<Record<string, readonly Json[]>> = {
  name: ['a', 'b', 'c', null],
  age: [1, 2, 3, null],
  note: ['secret', 'plain', { x: 1 }],
  title: ['a', 'b', 'c', null],
  rank: [0, 1, 2, null],
  isDone: [true, false, null],
  role: ['clerk', 'visitor'],
}

const entityKinds = [
  { ns: 'people', ids: people, labels: ['name', 'age', 'note'] },
  { ns: 'tasks', ids: tasks, labels: ['title', 'rank', 'isDone'] },
  { ns: 'tags', ids: tags, labels: [] },
] as const

/** One random transaction; answers with its steps. What the store refuses changes nothing. */
async function change(app: TestApp, random: () => number): Promise<readonly Json[]> {
  if (random() < 0.04) return changeSession(app, random)
  const steps = Array.from({ length: 1 + Math.floor(random() * 2) }, () => randomStep(random))
  const [outcome] = await Promise.allSettled([app.write(...steps)])
  if (outcome.status === 'rejected' && outcome.reason?.name !== 'EngineError') throw outcome.reason
  return steps
}

async function changeSession(app: TestApp, random: () => number): Promise<readonly Json[]> {
  const id = pick(users, random)
  if (random() < 0.5) await createToken(engine, app.app, { email: null, id, extraFields: {} })
  else await signOut(engine, { app: app.app, appId: uuid(1) }, { kind: 'id', id })
  return [['session', id]]
}

function randomStep(random: () => number): Json {
  const roll = random()
  if (roll < 0.05)
    return [
      'update',
      '$users',
      pick(users, random),
      { role: pick(must(values.role, 'role'), random) },
    ]
  if (roll < 0.08) return ['link', '$users', pick(users, random), { people: pick(people, random) }]
  const { ns, ids, labels } = pick<(typeof entityKinds)[number]>(entityKinds, random)
  const id = pick<string>(ids, random)
  if (roll < 0.2) return ['delete', ns, id]
  if (roll < 0.5) return [pick(['link', 'link', 'unlink'], random), ns, id, randomLink(ns, random)]
  if (ns === 'tags') {
    return ['update', ns, id, { label: pick(['open', 'hidden', `t${tags.indexOf(id)}`], random) }]
  }
  const label = pick<string>(labels, random)
  const value = pick(must(values[label], 'every label has values'), random)
  return [pick(['update', 'update', 'merge'], random), ns, id, { [label]: value }]
}

function randomLink(ns: string, random: () => number): JsonObject {
  const person = () => pick(people, random)
  const task = () => pick(tasks, random)
  const tag = () => pick(tags, random)
  const choices: Readonly<Record<string, readonly JsonObject[]>> = {
    people: [{ tasks: task() }, { partner: person() }, { account: pick(users, random) }],
    tasks: [
      { owner: person() },
      { parent: task() },
      { children: task() },
      { tags: [tag(), tag()] },
    ],
    tags: [{ tasks: task() }],
  }
  return pick(must(choices[ns], 'every namespace has links'), random)
}

const labels: Labels = {
  people: {
    id: { kind: 'values', values: people, isOrdered: false },
    name: { kind: 'values', values: ['a', 'b'], isOrdered: true },
    age: { kind: 'values', values: [1, 2], isOrdered: true },
    tasks: { kind: 'link', target: 'tasks', ids: tasks },
    partner: { kind: 'link', target: 'people', ids: people },
    account: { kind: 'link', target: '$users', ids: users },
  },
  tasks: {
    id: { kind: 'values', values: tasks, isOrdered: false },
    title: { kind: 'values', values: ['a', 'b'], isOrdered: true },
    isDone: { kind: 'values', values: [true, false], isOrdered: false },
    owner: { kind: 'link', target: 'people', ids: people },
    children: { kind: 'link', target: 'tasks', ids: tasks },
    tags: { kind: 'link', target: 'tags', ids: tags },
  },
  tags: {
    id: { kind: 'values', values: tags, isOrdered: false },
    label: { kind: 'values', values: ['open', 'hidden'], isOrdered: true },
    tasks: { kind: 'link', target: 'tasks', ids: tasks },
  },
  $users: { id: { kind: 'values', values: users, isOrdered: false } },
}

const below: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  people: [
    ['tasks', 'tasks'],
    ['partner', 'people'],
    ['partnerOf', 'people'],
  ],
  tasks: [
    ['owner', 'people'],
    ['children', 'tasks'],
    ['tags', 'tags'],
  ],
  tags: [['tasks', 'tasks']],
}

const orders: Readonly<Record<string, readonly string[]>> = {
  people: ['name', 'age', 'serverCreatedAt'],
  tasks: ['title', 'rank'],
  tags: ['label'],
}

function randomQuery(random: () => number): JsonObject {
  const namespace = pick(['people', 'tasks', 'tags'], random)
  return {
    [namespace]: {
      $: randomOptions(namespace, random, true),
      ...randomChildren(namespace, random, 0),
    },
  }
}

function randomOptions(namespace: string, random: () => number, isTop: boolean): JsonObject {
  const where = pick<JsonObject | null>(
    [
      null,
      { id: pick([...people, ...tasks], random) },
      randomWhere(labels, { namespace, random, depth: 1 }),
      randomWhere(labels, { namespace, random }),
    ],
    random,
  )
  const order = pick(must(orders[namespace], 'every namespace can be ordered'), random)
  return {
    ...(where && { where }),
    ...(random() < 0.4 && { order: { [order]: pick(['asc', 'desc'], random) } }),
    ...(isTop && random() < 0.4 && { limit: 1 + Math.floor(random() * 4) }),
    ...(isTop && random() < 0.15 && { offset: 1 }),
    ...(random() < 0.2 && { fields: ['title', 'name'] }),
  }
}

function randomChildren(namespace: string, random: () => number, depth: number): JsonObject {
  if (depth === 2 || random() < 0.4) return {}
  const [label, target] = pick(must(below[namespace], 'every namespace has links'), random)
  const options = random() < 0.4 ? { $: randomOptions(target, random, false) } : {}
  return { [label]: { ...options, ...randomChildren(target, random, depth + 1) } }
}

function oneToMany(
  on: string,
  label: string,
  to: string,
  reverse: string,
  extra: JsonObject = {},
): JsonObject {
  return {
    forward: { on, has: 'one', label, ...extra },
    reverse: { on: to, has: 'many', label: reverse },
  }
}

function pick<T>(choices: readonly T[], random: () => number): T {
  return choices[Math.floor(random() * choices.length)] as T
}

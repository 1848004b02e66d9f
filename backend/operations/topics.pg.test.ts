import { afterAll, beforeAll, expect, test } from 'vitest'
import { meets, type Topics } from '@/backend/schema/topics'
import type { Json, JsonObject } from '@/lib/base/json'
import { type Actor, admin } from './actor'
import type { Engine } from './engine'
import { runWatchedQuery } from './query'
import { createTestApp, define, openTestEngine, type TestApp, uuid } from './testing'

const [ada, bob, mine, other] = [uuid(1), uuid(2), uuid(11), uuid(12)]
const owned = { tasks: { $: { where: { owner: ada } } } }
const aPage = { tasks: { $: { order: { rank: 'asc' }, limit: 1 } } }
const asAda: Actor = { kind: 'user', user: { id: ada, createdAtMs: 0, values: {} } }

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.db.close())

test.each<[rule: string, query: JsonObject, step: Json, isMet: boolean]>([
  ['a value that is shown', { tasks: {} }, ['update', 'tasks', other, { title: 'x' }], true],
  [
    'a value that is not',
    { tasks: { $: { fields: ['rank'] } } },
    ['update', 'tasks', other, { title: 'x' }],
    false,
  ],
  ['an entity of another namespace', { tasks: {} }, ['create', 'people', uuid(3), {}], false],
  [
    'a value of an entity beyond the page',
    aPage,
    ['update', 'tasks', other, { title: 'x' }],
    false,
  ],
  ['what decides who is on the page', aPage, ['update', 'tasks', other, { rank: 0 }], true],
  ['a new entity that may be on the page', aPage, ['create', 'tasks', uuid(13), { rank: 9 }], true],
  [
    'the one with the id',
    { tasks: { $: { where: { id: mine } } } },
    ['update', 'tasks', mine, { title: 'x' }],
    true,
  ],
  [
    'one with another id',
    { tasks: { $: { where: { id: mine } } } },
    ['delete', 'tasks', other],
    false,
  ],
  [
    'a value that is asked for',
    { tasks: { $: { where: { title: 'none' } } } },
    ['update', 'tasks', mine, { title: 'x' }],
    true,
  ],
  ['the value of a link that is asked for', owned, ['link', 'tasks', other, { owner: ada }], true],
  ['another value of that link', owned, ['link', 'tasks', uuid(14), { owner: bob }], false],
  [
    'a new entity that is linked elsewhere',
    owned,
    ['create', 'tasks', uuid(15), { title: 'x' }],
    false,
  ],
  ['the end of a link that is taken away', owned, ['link', 'tasks', mine, { owner: bob }], true],
  ['the deletion of what is linked', owned, ['delete', 'tasks', mine], true],
  [
    'a link of an entity shown to what is below it',
    { people: { $: { where: { id: ada } }, tasks: {} } },
    ['link', 'people', ada, { tasks: other }],
    true,
  ],
  [
    'a link of another',
    { people: { $: { where: { id: ada } }, tasks: {} } },
    ['link', 'people', bob, { tasks: uuid(16) }],
    false,
  ],
  [
    'a value below',
    { people: { $: { where: { id: ada } }, tasks: {} } },
    ['update', 'tasks', mine, { title: 'x' }],
    true,
  ],
  [
    'a value below another',
    { people: { $: { where: { id: ada } }, tasks: {} } },
    ['update', 'tasks', other, { title: 'x' }],
    false,
  ],
  [
    'a value at the end of a path',
    { tasks: { $: { where: { 'owner.name': 'no' } } } },
    ['update', 'people', bob, { name: 'B' }],
    true,
  ],
  [
    'an entity that a count counts',
    { tasks: { $: { aggregate: 'count' } } },
    ['delete', 'tasks', other],
    true,
  ],
  [
    'a value that a count does not look at',
    { tasks: { $: { aggregate: 'count' } } },
    ['update', 'tasks', other, { title: 'x' }],
    false,
  ],
  ['a new attribute', { tasks: {} }, ['update', 'people', bob, { fresh: 1 }], true],
  [
    'a namespace that is not there yet',
    { later: {} },
    ['update', 'tasks', other, { title: 'x' }],
    false,
  ],
])('%s: %j', async (_rule, query, step, isMet) => {
  const app = await createWorld()

  expect(await isMetBy(app, { query, actor: admin }, step)).toBe(isMet)
})

test.each<[rule: string, step: Json, isMet: boolean]>([
  ['what a rule reads of the row', ['update', 'tasks', other, { isDone: true }], true],
  ['what it reads over links', ['link', 'tasks', other, { owner: ada }], true],
  ['what it reads at their end', ['update', 'people', bob, { name: 'Ada' }], true],
  ['what neither it nor the query reads', ['update', 'people', bob, { age: 3 }], false],
  ['the user themself', ['update', '$users', ada, { email: 'ada@x.co' }], true],
  ['another user', ['update', '$users', bob, { email: 'bob@x.co' }], false],
])('of a user under rules: %s', async (_rule, step, isMet) => {
  const app = await createWorld()
  await app.rule({
    tasks: { allow: { view: "data.isDone == true || 'Ada' in data.ref('owner.name')" } },
  })

  expect(await isMetBy(app, { query: { tasks: {} }, actor: asAda }, step)).toBe(isMet)
})

test('a rule that makes up what it follows depends on everything', async () => {
  const app = await createWorld()
  await app.rule({ tasks: { allow: { view: "size(data.ref('owner' + '.name')) > 0" } } })
  const step: Json = ['update', 'people', bob, { age: 3 }]

  expect(await isMetBy(app, { query: { tasks: {} }, actor: asAda }, step)).toBe(true)
})

async function createWorld(): Promise<TestApp> {
  const app = await createTestApp(engine)
  await app.push(
    define(
      {
        people: { name: 'string optional', age: 'number optional' },
        tasks: {
          title: 'string optional',
          rank: 'number indexed optional',
          isDone: 'boolean optional',
        },
      },
      {
        owner: {
          forward: { on: 'tasks', has: 'one', label: 'owner' },
          reverse: { on: 'people', has: 'many', label: 'tasks' },
        },
      },
    ),
  )
  await app.write(
    ['create', 'people', ada, { name: 'Ada' }],
    ['create', 'people', bob, { name: 'Bob' }],
    ['create', 'tasks', mine, { title: 'mine', rank: 1 }],
    ['link', 'tasks', mine, { owner: ada }],
    ['create', 'tasks', other, { title: 'other', rank: 2 }],
    ['link', 'tasks', other, { owner: bob }],
    ['create', '$users', ada, {}],
    ['create', '$users', bob, {}],
  )
  return app
}

async function isMetBy(
  { app, write }: TestApp,
  { query, actor }: { readonly query: JsonObject; readonly actor: Actor },
  step: Json,
): Promise<boolean> {
  const { topics } = await runWatchedQuery(engine, {
    app,
    actor,
    requestOrigin: { ip: null, origin: null },
    query,
    isInferred: false,
    wantsPageInfo: true,
  })
  const written: Topics[] = []
  const stop = await engine.changes.subscribe(app, (each) => written.push(each))
  await write(step)
  stop()
  expect(written).toHaveLength(1)
  return written.some((each) => meets(each, topics))
}

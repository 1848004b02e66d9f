import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { sql } from '@/backend/sql/sql'
import { purgeDeletedAttrs } from '@/backend/store/deleted-attrs'
import type { Json, JsonObject } from '@/lib/base/json'
import { listDeletedAttrs } from './change-attrs'
import type { Engine } from './engine'
import { pullSchema } from './pull-schema'
import {
  createTestApp,
  findIndexErrors,
  openTestEngine,
  refusal,
  type TestApp,
  uuid,
} from './testing'

const a = uuid(1)
const b = uuid(2)
const c = uuid(3)

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

test('a restored attribute has its values again, without index, uniqueness and requirement', async () => {
  const title = await addAttr('goals', 'title', { 'unique?': true, 'index?': true })
  await app.write(['update', 'goals', a, { title: 'x' }], ['update', 'goals', b, { title: 'y' }])
  await app.write(['delete-attr', title])
  await app.write(['delete', 'goals', b], ['update', 'goals', b, {}], ['update', 'goals', c, {}])

  await app.write(['restore-attr', title])

  expect(await app.read({ goals: {} })).toEqual({
    goals: [{ id: a, title: 'x' }, { id: b }, { id: c }],
  })
  expect((await app.read({ goals: { $: { where: { title: 'x' } } } })).goals).toHaveLength(1)
  await app.write(['update', 'goals', c, { title: 'x' }])
  expect(await attrOf('title')).toMatchObject({ 'unique?': false, 'index?': false })
})

test('a restored link joins those that are still the same', async () => {
  const id = uuid(500)
  await app.write(
    ['update', 'goals', a, {}],
    ['update', 'goals', b, {}],
    ['update', 'todos', c, {}],
    [
      'add-attr',
      {
        id,
        'forward-identity': [uuid(501), 'goals', 'todos'],
        'reverse-identity': [uuid(502), 'todos', 'goals'],
        'value-type': 'ref',
        cardinality: 'many',
      },
    ],
    ['link', 'goals', a, { todos: c }],
    ['link', 'goals', b, { todos: c }],
  )
  await app.write(['delete-attr', id])
  await app.write(['delete', 'goals', b], ['update', 'goals', b, {}])
  await app.write(['restore-attr', id])

  expect(await app.read({ goals: { todos: {} } })).toEqual({
    goals: [
      { id: a, todos: [{ id: c }] },
      { id: b, todos: [] },
    ],
  })
})

test('with its `id` a namespace comes back, its entities and its indexes', async () => {
  const id = await addAttr('goals', 'id', { 'unique?': true })
  await addAttr('goals', 'rank', { 'index?': true, 'checked-data-type': 'number' })
  await app.write(['update', 'goals', a, { rank: 2 }], ['update', 'goals', b, { rank: 1 }])
  await app.write(['delete-attr', id])
  expect(await app.read({ goals: {} })).toEqual({ goals: [] })

  await app.write(['restore-attr', id])

  expect(await app.read({ goals: { $: { order: { rank: 'asc' } } } })).toEqual({
    goals: [
      { id: b, rank: 1 },
      { id: a, rank: 2 },
    ],
  })
})

test('a name that is taken by now stands in the way, and nothing is changed', async () => {
  const title = await addAttr('goals', 'title')
  await app.write(['update', 'goals', a, { title: 'old' }])
  await app.write(['delete-attr', title])
  await app.write(['update', 'goals', b, { title: 'new' }])

  const refused = await refusal(app.write(['update', 'goals', c, {}], ['restore-attr', title]))

  expect(refused).toMatchObject({ type: 'record-not-unique' })
  expect(await app.read({ goals: {} })).toEqual({ goals: [{ id: a }, { id: b, title: 'new' }] })
})

test('what was never deleted, or is unknown, cannot be restored by accident', async () => {
  const title = await addAttr('goals', 'title')
  await app.write(['restore-attr', title])
  expect(await refusal(app.write(['restore-attr', uuid(77)]))).toMatchObject({
    type: 'validation-failed',
  })
  expect(await refusal(app.write(['restore-attr', 'x']))).toMatchObject({
    type: 'validation-failed',
  })
})

test('deleted attributes are listed until they are restored', async () => {
  const title = await addAttr('goals', 'title')
  await app.write(['delete-attr', title])
  expect(await listDeletedAttrs(engine, app.app)).toMatchObject({
    attrs: [{ id: title, deletion_marked_at: expect.stringMatching(/^\d{4}-/) }],
    'grace-period-days': 7,
  })
  await app.write(['restore-attr', title])
  expect(await listDeletedAttrs(engine, app.app)).toMatchObject({ attrs: [] })
})

test('after the grace time the values are removed, and nothing can be restored', async () => {
  const title = await addAttr('goals', 'title')
  const id = await addAttr('notes', 'id', { 'unique?': true })
  await app.write(['update', 'goals', a, { title: 'x', n: 1 }], ['update', 'notes', b, { n: 1 }])
  await app.write(['delete-attr', title], ['delete-attr', id])
  expect(await purgeDeletedAttrs(engine.db)).toBe(0)

  await engine.db.query(sql`
    update attrs set deleted_at = deleted_at - interval '8 days'
    where app = ${app.app} and deleted_at is not null`)

  expect(await listDeletedAttrs(engine, app.app)).toMatchObject({ attrs: [] })
  expect(await refusal(app.write(['restore-attr', title]))).toBeTruthy()
  expect(await purgeDeletedAttrs(engine.db)).toBe(2)
  const left = await engine.db.query<{ data: JsonObject }>(
    sql`select data from entities where app = ${app.app} order by id`,
  )
  expect(left.map(({ data }) => Object.values(data))).toEqual([[1]])
})

let ids = 1000

/** Adds a data attribute and answers with its id. */
async function addAttr(
  namespace: string,
  label: string,
  options: Record<string, Json> = {},
): Promise<string> {
  ids += 2
  const id = uuid(ids)
  await app.write([
    'add-attr',
    {
      id,
      'forward-identity': [uuid(ids + 1), namespace, label],
      'value-type': 'blob',
      cardinality: 'one',
      ...options,
    },
  ])
  return id
}

async function attrOf(label: string): Promise<JsonObject | undefined> {
  const { attrs } = await pullSchema(engine, app.app)
  return (attrs as JsonObject[]).find((attr) => (attr['forward-identity'] as Json[])[2] === label)
}

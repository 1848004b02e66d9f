import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Json, JsonObject } from '@/lib/base/json'
import { createApp } from './create-app'
import type { Engine } from './engine'
import { requireAdminApp } from './identify'
import { pullSchema } from './pull-schema'
import { pullRules } from './rules'
import { define, openTestEngine, refusal } from './testing'

let engine: Engine
beforeAll(async () => {
  engine = await openTestEngine()
})
afterAll(() => engine.db.close())

interface Answer {
  readonly app: {
    id: string
    title: string
    created_at: string
    org_id: null
    'admin-token': string
  }
  readonly expires_ms: number
}
const create = async (body: JsonObject) => (await createApp(engine, body)) as unknown as Answer

test('an app is made with its token, which opens it and is not stored (http.md 6.10)', async () => {
  const { app, expires_ms } = await create({ title: 'Mine' })
  expect(app).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    title: 'Mine',
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    org_id: null,
    'admin-token': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(expires_ms).toBeGreaterThan(Date.now() + 86_400_000)
  await requireAdminApp(engine, { appId: app.id, token: app['admin-token'] })
  const stored = await engine.db.query<{ text: string }>({
    texts: ["select encode(hash, 'escape') as text from admin_tokens"],
    values: [],
  })
  expect(JSON.stringify(stored)).not.toContain(app['admin-token'])
})

test('a schema is in force at once, types and all', async () => {
  const { app } = await create({
    title: 'x',
    schema: define({ books: { title: 'string unique' } }),
  })
  const key = await requireAdminApp(engine, { appId: app.id, token: app['admin-token'] })
  const { schema } = (await pullSchema(engine, key)) as { schema: JsonObject }
  expect(schema).toMatchObject({
    blobs: {
      books: { title: { 'checked-data-type': 'string', 'unique?': true, 'required?': true } },
    },
  })
})

test.each<[rule: string, body: JsonObject, type: string, message: string]>([
  ['a title is wanted', {}, 'param-missing', 'Missing parameter: ["body" "title"]'],
  ['that is not blank', { title: ' ' }, 'param-malformed', 'Malformed parameter: ["body" "title"]'],
  ['that is text', { title: 1 }, 'param-malformed', 'Malformed parameter: ["body" "title"]'],
  [
    'a schema has its form',
    { title: 'x', schema: [] },
    'param-malformed',
    'Malformed parameter: ["body" "schema"]',
  ],
])('%s', async (_rule, body, type, message) => {
  expect(await refusal(create(body))).toMatchObject({ type, message })
})

test('a schema that cannot be leaves no app behind', async () => {
  const count = async () =>
    (await engine.db.query({ texts: ['select from apps'], values: [] })).length
  const before = await count()
  const link: Json = {
    forward: { on: 'a', has: 'many', label: 'b', onDelete: 'cascade' },
    reverse: { on: 'b', has: 'many', label: 'a' },
  }
  const error = await refusal(
    create({ title: 'x', schema: define({}, { link: link as JsonObject }) }),
  )
  expect(error.message).toContain('Cascade delete is only possible')
  expect(await count()).toBe(before)
})

test('rules are in force at once, and stored as they are', async () => {
  const code = { books: { allow: { view: 'auth.id != null' } } }
  const { app } = await create({ title: 'x', rules: { code } })
  const key = await requireAdminApp(engine, { appId: app.id, token: app['admin-token'] })

  expect(await pullRules(engine, key)).toEqual({ perms: code })
})

test.each<[rule: string, rules: Json, expected: JsonObject]>([
  [
    'rules that may not be saved',
    { code: { books: { allow: { view: '!10' } } } },
    { type: 'validation-failed', hint: { 'data-type': 'rule' } },
  ],
  [
    'rules that are none',
    { code: [] },
    { type: 'param-malformed', message: 'Malformed parameter: ["body" "code"]' },
  ],
  [
    'rules without their form',
    'true',
    { type: 'param-malformed', message: 'Malformed parameter: ["body" "rules"]' },
  ],
])('%s leave no app behind', async (_rule, rules, expected) => {
  const count = async () =>
    (await engine.db.query({ texts: ['select from apps'], values: [] })).length
  const before = await count()

  expect(await refusal(create({ title: 'x', rules }))).toMatchObject(expected)
  expect(await count()).toBe(before)
})

import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '@/backend/operations/create-app'
import type { Engine } from '@/backend/operations/engine'
import { openTestEngine, uuid } from '@/backend/operations/testing'
import type { Json, JsonObject } from '@/lib/base/json'
import { createHttpApp } from './http-app'

let engine: Engine
let http: Hono
let appId: string
let token: string

const post = uuid(1)
const rules = {
  $default: { allow: { delete: 'false' } },
  posts: {
    allow: { view: 'isOpen', $default: 'isOpen', update: 'data.level > ruleParams.level' },
    bind: { isOpen: 'size(tags) > 0', tags: "data.ref('tags.name')" },
  },
}

beforeAll(async () => {
  engine = await openTestEngine()
  http = createHttpApp(engine)
  const { app } = (await createApp(engine, { title: 'x', rules: { code: rules } })) as {
    app: { id: string; 'admin-token': string }
  }
  appId = app.id
  token = app['admin-token']
  await send('/admin/transact', {
    steps: [
      ['update', 'posts', post, { title: 'a', level: 2 }],
      ['update', 'tags', uuid(2), { name: 'x' }],
      ['link', 'posts', post, { tags: uuid(2) }],
    ],
  })
})
afterAll(() => engine.db.close())

describe('the order of what is looked at (http.md 2.1, 2.4, 2.5)', () => {
  const guest = { 'as-guest': 'true' }
  const badRules = { posts: { allow: { view: '!10' } } }

  test.each<
    [rule: string, path: string, headers: Record<string, string>, body: JsonObject, message: string]
  >([
    [
      'the token comes before the body',
      'query',
      { authorization: '', ...guest },
      {},
      'Missing parameter: ["headers" "authorization"]',
    ],
    [
      'also for a token of a user',
      'query',
      { authorization: '', 'as-token': uuid(5) },
      {},
      'Missing parameter: ["headers" "authorization"]',
    ],
    [
      'and has to be right',
      'transact',
      { authorization: `Bearer ${uuid(9)}`, ...guest },
      {},
      'Record not found: app-admin-token',
    ],
    ['then the identity', 'query', { 'as-email': 'nobody@x.co' }, {}, 'Record not found: app-user'],
    [
      'which may not be the admin',
      'query',
      {},
      {},
      'Validation failed for non-admin: Cannot test perms as admin',
    ],
    [
      'for transactions too',
      'transact',
      {},
      {},
      'Validation failed for non-admin: Cannot test perms as admin',
    ],
    [
      'rules come before a query',
      'query',
      guest,
      { 'rules-override': badRules },
      "Validation failed for rule: found no matching overload for '!_' applied to '(int)' (candidates: (bool))",
    ],
    ['a query is wanted', 'query', guest, {}, 'Missing parameter: ["body" "query"]'],
    [
      'steps come before rules',
      'transact',
      guest,
      { 'rules-override': badRules },
      'Missing parameter: ["body" "steps"]',
    ],
    [
      'rules are an object',
      'transact',
      guest,
      { steps: [], 'rules-override': 'x' },
      'Malformed parameter: ["body" "rules-override"]',
    ],
    [
      'an address is not blank',
      'query',
      guest,
      { query: {}, 'ip-override': ' ' },
      'Malformed parameter: ["body" "ip-override"]',
    ],
    [
      'an origin is text',
      'transact',
      guest,
      { steps: [], 'origin-override': 1 },
      'Malformed parameter: ["body" "origin-override"]',
    ],
  ])('%s', async (_rule, path, headers, body, message) => {
    const answer = await send(`/admin/${path}_perms_check`, body, headers)
    expect(answer).toMatchObject({ status: 400, body: { message } })
  })
})

describe('beyond the contract, under one key', () => {
  test('a check of a query says which rule it was and what each part of it came to', async () => {
    const { body } = await send('/admin/query_perms_check', { query: { posts: {} } }, asGuest)
    const [check] = body['check-results'] as JsonObject[]

    expect(check).toMatchObject({ id: post, entity: 'posts', check: true })
    expect(check?.understudy).toMatchObject({
      rule: 'own',
      path: ['posts', 'allow', 'view'],
      texts: [
        {
          name: 'tags',
          text: "data.ref('tags.name')",
          steps: [{ start: 0, end: 21, outcomes: [{ value: ['x'] }] }, {}],
        },
        {
          name: 'isOpen',
          text: 'size(tags) > 0',
          steps: [{ text: 'size(tags) > 0' }, { text: 'size(tags)', outcomes: [{ value: 1 }] }, {}],
        },
        {
          name: null,
          text: 'isOpen',
          steps: [{ start: 0, end: 6, outcomes: [{ kind: 'value', value: true }] }],
        },
      ],
      inputs: {
        data: { title: 'a' },
        auth: null,
        refs: [{ source: 'data', path: 'tags.name', values: ['x'] }],
      },
    })
    expect(body.understudy).toEqual({
      entityLimit: 1000,
      isComplete: true,
      checks: 1,
      explained: 1,
      explanationLimit: 1000,
    })
  })

  test('where a rule was found: own, $default, built in, or nowhere', async () => {
    const steps = [
      ['create', 'posts', uuid(3), { title: 'b' }],
      ['delete', 'tags', uuid(2)],
      ['update', 'tags', uuid(2), {}],
      ['delete', '$files', uuid(4)],
    ]
    const { body } = await send('/admin/transact_perms_check', { steps }, asGuest)
    const found = (body['check-results'] as JsonObject[]).map(({ action, understudy }) => {
      const { rule, path, phase } = understudy as JsonObject
      return [action, rule, path, phase]
    })

    expect(found).toEqual([
      ['delete', '$default', ['$default', 'allow', 'delete'], 'before'],
      ['update', 'none', null, 'before'],
      ['delete', '$default', ['$default', 'allow', 'delete'], 'before'],
      ['create', '$default', ['posts', 'allow', '$default'], 'after'],
    ])
    const builtIn = await send(
      '/admin/query_perms_check',
      { query: { $magicCodes: {}, $users: {} }, 'rules-override': {} },
      asGuest,
    )
    expect(builtIn).toMatchObject({ status: 200, body: { result: { $users: [] } } })
  })

  test('a failure names the record, in a transaction too', async () => {
    const steps: Json = [['update', 'posts', post, { title: 'c' }]]
    const { status, body } = await send('/admin/transact_perms_check', { steps }, asGuest)

    expect({ status, type: body.type }).toEqual({
      status: 400,
      type: 'permission-evaluation-failed',
    })
    expect((body.hint as JsonObject).understudy).toMatchObject({
      entity: { namespace: 'posts', id: post },
      path: ['posts', 'allow', 'update'],
      error: { name: null, line: 1, column: 1 },
      inputs: { data: { level: 2 }, newData: { title: 'c' }, modifiedFields: ['title'] },
    })
  })
})

test('built-in rules are listed as they are called (http.md 4.5)', async () => {
  const { app } = (await createApp(engine, { title: 'y' })) as {
    app: { id: string; 'admin-token': string }
  }
  const headers = { 'app-id': app.id, authorization: `Bearer ${app['admin-token']}` }
  const email = 'a@x.co'
  const steps = [
    ['update', '$users', uuid(8), { email }],
    ['update', '$magicCodes', uuid(9), { email }],
  ]
  await send('/admin/transact', { steps }, headers)
  const query = { $users: {}, $magicCodes: {} }
  const { body } = await send('/admin/query_perms_check', { query }, { ...headers, ...asGuest })

  expect(
    (body['check-results'] as JsonObject[]).map(({ program, check }) => ({ program, check })),
  ).toEqual([
    {
      program: {
        etype: '$users',
        action: 'view',
        code: "auth.id == data.id || auth.id in data.ref('linkedPrimaryUser.id')",
        'display-code': "auth.id == data.id || auth.id in data.ref('linkedPrimaryUser.id')",
      },
      check: false,
    },
    {
      program: {
        etype: '$magicCodes',
        action: 'view',
        code: 'false',
        'display-code': 'disallow_view_on_system_tables',
      },
      check: false,
    },
  ])
})

const asGuest = { 'as-guest': 'true' }

async function send(path: string, body: JsonObject, headers: Record<string, string> = {}) {
  const given = {
    host: '127.0.0.1',
    'app-id': appId,
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...headers,
  }
  const kept = Object.entries(given).filter(([, value]) => value !== '')
  const answer = await http.request(path, {
    method: 'POST',
    headers: Object.fromEntries(kept),
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as JsonObject }
}

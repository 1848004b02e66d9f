import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '@/backend/operations/engine'
import { openTestEngine } from '@/backend/operations/testing'
import type { Json, JsonObject } from '@/lib/base/json'
import { createHttpApp } from './http-app'

const unknownId = '8aa64e4c-64f9-472e-8a61-3fa28870e6cb'
let engine: Engine
let http: ReturnType<typeof createHttpApp>
let app: { id: string; 'admin-token': string }
let count = 0

beforeAll(async () => {
  engine = await openTestEngine()
  http = createHttpApp(engine)
  const { body } = await post('/dash/apps/ephemeral', { title: 'Test' }, {})
  app = body.app as typeof app
  const attrs = ['nickname', 'age'].map((label) => ['add-attr', attr(label)])
  await post('/admin/transact', { steps: attrs })
})
afterAll(() => engine.db.close())

test.each([
  ['POST', '/admin/refresh_tokens'],
  ['POST', '/admin/sign_out'],
  ['POST', '/admin/sign_in_guest'],
  ['GET', '/admin/users?id=x'],
  ['DELETE', '/admin/users?id=x'],
  ['POST', '/admin/magic_code'],
  ['POST', '/admin/send_magic_code'],
  ['POST', '/admin/verify_magic_code'],
  ['GET', '/admin/outbox'],
])('%s %s wants the admin token before it looks at anything else', async (method, path) => {
  const call = (headers: Record<string, string>) => request(method, path, { headers })
  const other = await post('/dash/apps/ephemeral', { title: 'Other' }, {})
  const foreign = (other.body.app as typeof app)['admin-token']

  expect((await call({})).body).toMatchObject({ type: 'param-missing' })
  expect((await call({ 'app-id': app.id })).body.message).toBe(
    'Missing parameter: ["headers" "authorization"]',
  )
  expect((await call({ 'app-id': app.id, authorization: `Bearer ${foreign}` })).body).toMatchObject(
    { message: 'Record not found: app-admin-token' },
  )
  // An identity to act as counts for nothing here.
  expect((await call({ 'app-id': app.id, 'as-guest': 'true' })).body).toMatchObject({
    type: 'param-missing',
  })
})

test('a token for an e-mail makes the user, one more leaves it as it is', async () => {
  const email = newEmail()
  const first = await post('/admin/refresh_tokens', { email: ` ${email.toUpperCase()} ` })
  const second = await post('/admin/refresh_tokens', { email })

  expect(first.body).toEqual({
    user: {
      app_id: app.id,
      id: expect.any(String),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      email,
      isGuest: false,
      refresh_token: expect.any(String),
    },
    created: true,
  })
  expect(second.body).toEqual({
    user: { ...userOf(first), refresh_token: expect.any(String) },
    created: false,
  })
  expect(userOf(second).refresh_token).not.toBe(userOf(first).refresh_token)
})

test('a token for an id makes a user without an e-mail, once', async () => {
  const id = crypto.randomUUID()
  const first = await post('/admin/refresh_tokens', { id: id.toUpperCase() })

  expect(first.body).toMatchObject({ user: { id, email: null, isGuest: false }, created: true })
  expect((await post('/admin/refresh_tokens', { id })).body).toMatchObject({ created: false })
})

test('the e-mail decides who is meant, and the id is what a new user gets', async () => {
  const [email, id] = [newEmail(), crypto.randomUUID()]
  const made = await post('/admin/refresh_tokens', { email, id })
  const found = await post('/admin/refresh_tokens', { email, id: crypto.randomUUID() })
  const clash = await post('/admin/refresh_tokens', { email: newEmail(), id })

  expect(userOf(made).id).toBe(id)
  expect(userOf(found).id).toBe(id)
  expect(clash.body).toMatchObject({ type: 'validation-failed' })
  expect((await get(`/admin/users?id=${id}`)).body).toMatchObject({ user: { email } })
})

test.each<[path: string, body: JsonObject, type: string, message: string]>([
  [
    'refresh_tokens',
    {},
    'validation-failed',
    'Validation failed for body: Please provide an `email` or `id`',
  ],
  ['refresh_tokens', { email: 'x' }, 'param-malformed', 'Malformed parameter: ["body" "email"]'],
  ['refresh_tokens', { id: 'x' }, 'param-malformed', 'Malformed parameter: ["body" "id"]'],
  [
    'refresh_tokens',
    { id: unknownId, 'extra-fields': [] },
    'param-malformed',
    'Malformed parameter: ["body" "extra-fields"]',
  ],
  [
    'sign_out',
    {},
    'validation-failed',
    'Validation failed for body: Please provide an `id`, `email`, or `refresh_token`',
  ],
  ['sign_out', { email: 'nobody@example.com' }, 'record-not-found', 'Record not found: app-user'],
  [
    'sign_out',
    { refresh_token: 'x' },
    'param-malformed',
    'Malformed parameter: ["body" "refresh_token"]',
  ],
  ['magic_code', {}, 'param-missing', 'Missing parameter: ["body" "email"]'],
  [
    'magic_code',
    { email: { email: 'ada@example.com' } },
    'param-malformed',
    'Malformed parameter: ["body" "email"]',
  ],
  ['send_magic_code', { email: '' }, 'param-malformed', 'Malformed parameter: ["body" "email"]'],
  [
    'verify_magic_code',
    { email: 'ada@example.com' },
    'param-missing',
    'Missing parameter: ["body" "code"]',
  ],
  [
    'verify_magic_code',
    { email: 'ada@example.com', code: 123456 },
    'param-malformed',
    'Malformed parameter: ["body" "code"]',
  ],
  [
    'verify_magic_code',
    { email: 'ada@example.com', code: '1', 'refresh-token': 'x' },
    'param-malformed',
    'Malformed parameter: ["body" "refresh-token"]',
  ],
  [
    'verify_magic_code',
    { email: 'ada@example.com', code: '1', 'refresh-token': unknownId },
    'record-not-found',
    'Record not found: app-user',
  ],
  [
    'verify_magic_code',
    { email: 'ada@example.com', code: 'nope' },
    'record-not-found',
    'Record not found: app-user-magic-code',
  ],
])('%s refuses %j', async (path, body, type, message) => {
  const answer = await post(`/admin/${path}`, body)

  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ type, message })
})

test.each([
  ['?email=x', 'param-malformed', 'Malformed parameter: ["params" "email"]'],
  ['?id=x', 'param-malformed', 'Malformed parameter: ["params" "id"]'],
  ['?refresh_token=', 'param-malformed', 'Malformed parameter: ["params" "refresh_token"]'],
  [
    '',
    'validation-failed',
    'Validation failed for params: Please provide a user id, email, or refresh_token',
  ],
])('a user is not found by %j', async (query, type, message) => {
  expect((await get(`/admin/users${query}`)).body).toMatchObject({ type, message })
  expect((await request('DELETE', `/admin/users${query}`)).body).toMatchObject({ type, message })
})

test('a user is found by e-mail, id or token, without being told the token', async () => {
  const made = userOf(await post('/admin/refresh_tokens', { email: newEmail('a+b') }))
  const { refresh_token: token, ...user } = made
  const queries = [{ email: user.email }, { id: user.id }, { refresh_token: token }]

  for (const query of queries) {
    const search = new URLSearchParams(query as Record<string, string>)
    expect((await get(`/admin/users?${search}`)).body).toEqual({ user })
  }
  expect((await get(`/admin/users?id=${unknownId}`)).body).toEqual({ user: null })
})

test('a deleted user is told as it was, and a second time there is none', async () => {
  const user = userOf(await post('/admin/refresh_tokens', { email: newEmail() }))
  const deletion = () => request('DELETE', `/admin/users?id=${user.id}`)

  expect((await deletion()).body).toMatchObject({ deleted: { email: user.email } })
  expect((await deletion()).body).toEqual({ deleted: null })
  expect((await verifyToken(user.refresh_token)).body).toMatchObject({
    message: 'Record not found: app-user',
  })
})

test('signing out by token ends that token, by user all of them', async () => {
  const email = newEmail()
  const tokens: Json[] = []
  for (let n = 0; n < 3; n++) {
    tokens.push(userOf(await post('/admin/refresh_tokens', { email })).refresh_token ?? null)
  }
  const alive = async () => {
    const answers = await Promise.all(tokens.map((token) => verifyToken(token)))
    return answers.map(({ status }) => status === 200)
  }

  expect((await post('/admin/sign_out', { refresh_token: tokens[0] ?? '' })).body).toEqual({
    ok: true,
  })
  expect(await alive()).toEqual([false, true, true])
  expect((await post('/admin/sign_out', { email })).body).toEqual({ ok: true })
  expect(await alive()).toEqual([false, false, false])
  expect((await post('/admin/sign_out', { id: unknownId })).body).toEqual({ ok: true })
  expect((await post('/admin/sign_out', { refresh_token: unknownId })).body).toEqual({ ok: true })
})

test.each([
  [{ moniker: 'x' }, 'Unknown field: moniker. It must be defined in your $users schema.'],
  [{ email: 'eve@example.com' }, 'Cannot set system field: email'],
  [{ id: unknownId }, 'Cannot set system field: id'],
  [{ linkedPrimaryUser: unknownId }, 'Cannot set system field: linkedPrimaryUser'],
])('the extra fields %j are refused, and the code can be used again', async (fields, message) => {
  const email = newEmail()
  const { code } = (await post('/admin/magic_code', { email })).body
  const verify = (extra: object) => post('/admin/verify_magic_code', { email, code, ...extra })
  const refused = await verify({ 'extra-fields': fields })

  expect(refused.body).toEqual({
    type: 'validation-failed',
    message: `Validation failed for extra-fields: ${message}`,
    hint: { 'data-type': 'extra-fields', input: fields, errors: [{ message }] },
  })
  expect((await verify({ 'extra-fields': { nickname: 'ada', age: 36 } })).body).toMatchObject({
    user: { email, type: 'user', nickname: 'ada', age: 36 },
    created: true,
  })
})

test('a value that does not fit its attribute leaves the code usable too', async () => {
  const email = newEmail()
  const { code } = (await post('/admin/magic_code', { email })).body
  const verify = (age: unknown) =>
    post('/admin/verify_magic_code', { email, code, 'extra-fields': { age } })

  expect((await verify('old')).body.message).toBe(
    'Invalid value type for $users.age. Value must be a number but the provided value type is string.',
  )
  expect((await verify('\0')).body.message).toContain('null bytes')
  expect((await verify(1)).status).toBe(200)
})

test('a guest of the admin has neither an e-mail nor a word about being made', async () => {
  const { body } = await post('/admin/sign_in_guest', { 'extra-fields': { nickname: 'g' } })

  expect(body).toEqual({
    user: {
      app_id: app.id,
      id: expect.any(String),
      created_at: expect.any(String),
      type: 'guest',
      isGuest: true,
      nickname: 'g',
      refresh_token: expect.any(String),
    },
  })
})

test('an identity is proved before rules are asked of it', async () => {
  const user = userOf(await post('/admin/refresh_tokens', { email: newEmail() }))
  const query = (headers: Record<string, string>) =>
    request('POST', '/admin/query', { body: { query: { goals: {} } }, headers })
  const asToken = { 'app-id': app.id, 'as-token': String(user.refresh_token) }

  expect((await query(asToken)).body).toEqual({ goals: [] })
  expect((await query({ ...asToken, 'app-id': unknownId })).body).toMatchObject({
    type: 'record-not-found',
    hint: { args: [{ 'app-id': unknownId, 'refresh-token': user.refresh_token }] },
  })
  const asEmail = (email: string) => query({ ...admin(), 'as-email': email })
  expect((await asEmail(String(user.email))).body).toEqual({ goals: [] })
  // Unlike everywhere else, an e-mail is not normalised here.
  expect((await asEmail(String(user.email).toUpperCase())).body).toMatchObject({
    message: 'Record not found: app-user',
  })
  await post('/admin/sign_out', { id: user.id })
  expect((await query(asToken)).body).toMatchObject({ message: 'Record not found: app-user' })
})

function attr(label: string) {
  return {
    id: crypto.randomUUID(),
    'forward-identity': [crypto.randomUUID(), '$users', label],
    'value-type': 'blob',
    cardinality: 'one',
    'unique?': false,
    'index?': false,
    ...(label === 'age' ? { 'checked-data-type': 'number' } : {}),
  }
}

function newEmail(prefix = 'user'): string {
  count += 1
  return `${prefix}.${count}@example.com`
}

function userOf({ body }: Answer): JsonObject {
  return body.user as JsonObject
}

function verifyToken(token: unknown): Promise<Answer> {
  const body = { 'app-id': app.id, 'refresh-token': token }
  return post('/runtime/auth/verify_refresh_token', body, {})
}

function admin(): Record<string, string> {
  return { 'app-id': app.id, authorization: `Bearer ${app['admin-token']}` }
}

function get(path: string): Promise<Answer> {
  return request('GET', path)
}

function post(path: string, body: object, headers: Record<string, string> = admin()) {
  return request('POST', path, { body, headers })
}

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function request(
  method: string,
  path: string,
  { body, headers = admin() }: { body?: object; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await http.request(path, {
    method,
    headers: { host: '127.0.0.1:8888', 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

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
  app = (await post('/dash/apps/ephemeral', { title: 'Test' })).body.app as typeof app
})
afterAll(() => engine.db.close())

test.each([
  ['/runtime/auth/send_magic_code', 'app-id'],
  ['/runtime/auth/verify_magic_code', 'app-id'],
  ['/runtime/auth/verify_refresh_token', 'app-id'],
  ['/runtime/auth/sign_in_guest', 'app-id'],
  ['/runtime/signout', 'app_id'],
])('%s wants %s in its body', async (path, name) => {
  expect((await post(path, {})).body).toEqual({
    type: 'param-missing',
    message: `Missing parameter: ["body" "${name}"]`,
    hint: { in: ['body', name] },
  })
  expect((await post(path, { [name]: 'x' })).body).toEqual({
    type: 'param-malformed',
    message: `Malformed parameter: ["body" "${name}"]`,
    hint: { in: ['body', name], 'original-input': 'x' },
  })
})

test.each<[path: string, body: JsonObject, message: string]>([
  ['send_magic_code', { email: 'ada@example.com' }, 'Record not found: app'],
  ['sign_in_guest', {}, 'Record not found: app'],
  [
    'verify_magic_code',
    { email: 'ada@example.com', code: '123456' },
    'Record not found: app-user-magic-code',
  ],
  ['verify_refresh_token', { 'refresh-token': unknownId }, 'Record not found: app-user'],
])('%s does not know an app that is not there', async (path, body, message) => {
  const answer = await post(`/runtime/auth/${path}`, { 'app-id': unknownId, ...body })

  expect(answer.status).toBe(400)
  expect(answer.body).toMatchObject({ type: 'record-not-found', message })
})

test('a code that was mailed signs in, and its token is taken back by signing out', async () => {
  const email = newEmail()
  const sent = await runtime('send_magic_code', { email })
  const code = await mailedCode(email)
  const signedIn = await runtime('verify_magic_code', { email, code: ` ${code} ` })
  const token = userOf(signedIn).refresh_token ?? null

  // The client is not told the code.
  expect(sent.body).toEqual({ sent: true })
  expect(signedIn.body).toMatchObject({ user: { email, type: 'user' }, created: true })
  const verified = await runtime('verify_refresh_token', { 'refresh-token': token })
  expect(verified.body).toEqual({ user: userOf(signedIn) })
  const signOut = () => post('/runtime/signout', { app_id: app.id, refresh_token: token })
  expect((await signOut()).body).toEqual({})
  expect((await signOut()).body).toEqual({})
  expect((await runtime('verify_refresh_token', { 'refresh-token': token })).status).toBe(400)
})

test.each([
  [null, 'param-missing'],
  ['x', 'param-malformed'],
])('the token %j is refused as %s', async (token, type) => {
  const answer = await runtime('verify_refresh_token', { 'refresh-token': token })

  expect(answer.body).toMatchObject({ type, hint: { in: ['body', 'refresh-token'] } })
})

test('a guest whose e-mail is new becomes the user, with the same id and the old token', async () => {
  const guest = userOf(await runtime('sign_in_guest', {}))
  const email = newEmail()
  const answer = await signUp(email, guest.refresh_token)

  expect(guest).toMatchObject({ type: 'guest', isGuest: true })
  expect(answer.body).toMatchObject({
    user: { id: guest.id, email, type: 'user', isGuest: false },
    created: true,
  })
  const old = await runtime('verify_refresh_token', {
    'refresh-token': guest.refresh_token ?? null,
  })
  expect(old.body).toMatchObject({ user: { id: guest.id, email } })
})

test('a guest whose e-mail has a user is linked to it, and goes when it goes', async () => {
  const email = newEmail()
  const primary = userOf(await signUp(email))
  const guest = userOf(await runtime('sign_in_guest', {}))
  const answer = await signUp(email, guest.refresh_token)
  const users = async () => (await query({ $users: { linkedPrimaryUser: {} } })).$users

  expect(answer.body).toMatchObject({ user: { id: primary.id }, created: false })
  const linked = await request('GET', `/admin/users?id=${guest.id}`)
  expect(linked.body).toMatchObject({ user: { isGuest: true, linkedPrimaryUser: primary.id } })
  await request('DELETE', `/admin/users?id=${primary.id}`)
  const left = (await users()) as readonly JsonObject[]
  expect(left.filter(({ id }) => id === guest.id || id === primary.id)).toEqual([])
  const tokens = [guest.refresh_token ?? null, primary.refresh_token ?? null]
  for (const token of tokens) {
    expect((await runtime('verify_refresh_token', { 'refresh-token': token })).status).toBe(400)
  }
})

test('the token of somebody who is no guest is ignored', async () => {
  const ada = userOf(await signUp(newEmail()))
  const answer = await signUp(newEmail(), ada.refresh_token)

  expect(answer.body).toMatchObject({ created: true })
  expect(userOf(answer).id).not.toBe(ada.id)
})

test('values of their own are refused to those who sign up where no rule allows them', async () => {
  await request('POST', '/admin/transact', {
    steps: [['update', '$users', unknownId, { nickname: 'x' }]],
  })
  const email = newEmail()
  await runtime('send_magic_code', { email })
  const code = await mailedCode(email)
  const fields = { 'extra-fields': { nickname: 'ada' } }
  const refused = await runtime('verify_magic_code', { email, code, ...fields })

  expect(refused.body).toEqual({
    type: 'permission-denied',
    message: 'Permission denied: not perms-pass?',
    hint: { input: ['$users', 'create'], expected: 'perms-pass?' },
  })
  expect((await runtime('sign_in_guest', fields)).body).toEqual(refused.body)
  // The code has not been used up, and for a user who is there the values do not matter.
  expect((await runtime('verify_magic_code', { email, code })).status).toBe(200)
  await runtime('send_magic_code', { email })
  const again = await runtime('verify_magic_code', {
    email,
    code: await mailedCode(email),
    ...fields,
  })
  expect(again.body).toMatchObject({ created: false })
})

test('too many guesses are answered with 429', async () => {
  const email = newEmail()
  const guess = () => runtime('verify_magic_code', { email, code: 'nope' })
  for (let n = 0; n < 20; n++) expect((await guess()).status).toBe(400)

  expect(await guess()).toEqual({
    status: 429,
    body: {
      type: 'rate-limited',
      message: 'Too many verification codes requested for this email. Please try again later.',
      hint: null,
    },
  })
})

function newEmail(): string {
  count += 1
  return `user.${count}@example.com`
}

async function signUp(email: string, guestToken?: Json): Promise<Answer> {
  await runtime('send_magic_code', { email })
  const code = await mailedCode(email)
  const guest = guestToken === undefined ? {} : { 'refresh-token': guestToken }
  return runtime('verify_magic_code', { email, code, ...guest })
}

async function mailedCode(email: string): Promise<string> {
  const { body } = await request('GET', '/admin/outbox')
  const messages = body.messages as readonly { to: string; subject: string }[]
  const message = messages.find(({ to }) => to === email)
  return message?.subject.slice(0, 6) ?? 'no message'
}

function userOf({ body }: Answer): JsonObject {
  return body.user as JsonObject
}

async function query(body: JsonObject): Promise<JsonObject> {
  return (await request('POST', '/admin/query', { query: body })).body as JsonObject
}

function runtime(path: string, body: JsonObject): Promise<Answer> {
  return post(`/runtime/auth/${path}`, { 'app-id': app.id, ...body })
}

function post(path: string, body: JsonObject): Promise<Answer> {
  return send('POST', path, { body, headers: {} })
}

function request(method: string, path: string, body?: JsonObject): Promise<Answer> {
  const headers = { 'app-id': app.id, authorization: `Bearer ${app['admin-token']}` }
  return send(method, path, { headers, ...(body && { body }) })
}

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function send(
  method: string,
  path: string,
  { body, headers }: { body?: JsonObject; headers: Record<string, string> },
): Promise<Answer> {
  const response = await http.request(path, {
    method,
    headers: { host: '127.0.0.1:8888', 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

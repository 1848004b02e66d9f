import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Answer,
  type CallOptions,
  type ContractApp,
  makeContractApp,
  setOf,
  write,
} from '@/e2e/support/contract-app'
import { setRules } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'

/** Routes, headers, tokens and errors as HTTP has them (contract http.md 1 to 6; semantics.md 7 and 9). */
let backend: RunningBackend
let app: ContractApp
let other: ContractApp
let user: { id: string; refresh_token: string }

const nobody = '99999999-9999-4999-8999-999999999999'
const goal = 'aaaaaaaa-0000-4000-8000-000000000000'
const email = 'ann@x.co'

beforeAll(async () => {
  backend = await startBackend()
  const spec = {
    namespaces: {
      goals: { title: 'string' },
      $users: { nickname: 'string', age: 'number', code: 'string unique' },
    },
  }
  app = await makeContractApp(backend.apiURI, spec)
  other = await makeContractApp(backend.apiURI)
  await write(app, [['create', 'goals', goal, { title: 'x' }]])
  user = (await app.call('/admin/refresh_tokens', { body: { email } })).body.user
})

afterAll(() => backend.stop())

const missing = (...path: string[]) => ({
  type: 'param-missing',
  message: `Missing parameter: ${printed(path)}`,
  hint: { in: path },
})
const malformed = (...path: string[]) => ({
  type: 'param-malformed',
  message: `Malformed parameter: ${printed(path)}`,
  hint: { in: path },
})
const noToken = { type: 'record-not-found', message: 'Record not found: app-admin-token' }
const noUser = {
  type: 'record-not-found',
  message: 'Record not found: app-user',
  hint: { 'record-type': 'app-user' },
}
const printed = (path: string[]) => `[${path.map((part) => `"${part}"`).join(' ')}]`

/** Routes that take an identity, with a body that is in order. */
const asAnyone: [method: string, path: string, body?: object][] = [
  ['POST', '/admin/query', { query: { goals: {} } }],
  ['POST', '/admin/transact', { steps: [] }],
  ['POST', '/admin/subscribe-query', { query: { goals: {} } }],
  ['PUT', '/admin/storage/upload'],
  ['DELETE', '/admin/storage/files?filename=x'],
  ['POST', '/admin/storage/files/delete', { filenames: [] }],
]
const asAdmin: [method: string, path: string, body?: object][] = [
  ['POST', '/admin/refresh_tokens', { email: 'x@x.co' }],
  ['POST', '/admin/sign_out', { id: nobody }],
  ['GET', '/admin/users?id=99999999-9999-4999-8999-999999999999'],
  ['DELETE', '/admin/users?id=99999999-9999-4999-8999-999999999999'],
  ['POST', '/admin/magic_code', { email: 'x@x.co' }],
  ['POST', '/admin/send_magic_code', { email: 'x@x.co' }],
  ['POST', '/admin/verify_magic_code', { email: 'x@x.co', code: '1' }],
  ['POST', '/admin/sign_in_guest', {}],
  ['GET', '/admin/rooms/presence?room-type=chat&room-id=1'],
  ['GET', '/admin/storage/files'],
  ['POST', '/admin/storage/signed-upload-url', { filename: 'x' }],
  ['GET', '/admin/storage/signed-download-url?filename=x'],
  ['GET', '/admin/schema'],
  ['GET', '/admin/soft_deleted_attrs'],
  ['POST', '/admin/query_perms_check', { query: { goals: {} } }],
  ['POST', '/admin/transact_perms_check', { steps: [] }],
]

describe.each([...asAnyone, ...asAdmin])('%s %s', (method, path, body) => {
  const call = (headers: Record<string, string | null>, to = path) =>
    app.call(to, { method, headers, ...(body && { body }) })

  test.each<[rule: string, headers: () => Record<string, string | null>, error: object]>([
    [
      'wants the id of an app',
      () => ({ 'app-id': null }),
      {
        ...missing('headers', 'app-id'),
        hint: { in: ['headers', 'app-id'], 'possible-ins': [['query-params', 'app_id']] },
      },
    ],
    [
      'wants an id of an app that is a uuid',
      () => ({ 'app-id': 'x' }),
      {
        ...malformed('headers', 'app-id'),
        hint: {
          in: ['headers', 'app-id'],
          'possible-ins': [
            ['headers', 'app-id'],
            ['query-params', 'app_id'],
          ],
          'original-input': 'x',
        },
      },
    ],
    ['wants authorization', () => ({ authorization: null }), missing('headers', 'authorization')],
    [
      'wants a token',
      () => ({ authorization: 'foo' }),
      {
        ...malformed('headers', 'authorization'),
        hint: { in: ['headers', 'authorization'], 'original-input': 'foo' },
      },
    ],
    [
      'wants a token that is a uuid',
      () => ({ authorization: 'Bearer nonsense' }),
      malformed('headers', 'authorization'),
    ],
    [
      'wants a token that somebody has',
      () => ({ authorization: `Bearer ${nobody}` }),
      {
        ...noToken,
        hint: {
          'record-type': 'app-admin-token',
          args: [{ token: nobody }],
          message:
            'This admin token may be expired or invalid. Or you may have provided an incorrect app ID.',
        },
      },
    ],
    [
      'wants the token of this app',
      () => ({ authorization: `Bearer ${other.adminToken}` }),
      noToken,
    ],
    ['knows no other app by this token', () => ({ 'app-id': nobody }), noToken],
    [
      'takes no refresh token for an admin token',
      () => ({ authorization: `Bearer ${user.refresh_token}` }),
      noToken,
    ],
  ])('%s', async (_rule, headers, error) => {
    const answer = await call(headers())

    expect({ status: answer.status, ...answer.body }).toMatchObject({ status: 400, ...error })
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  })

  test('wants a uuid in the query string too', async () => {
    const answer = await call(
      { 'app-id': null },
      `${path}${path.includes('?') ? '&' : '?'}app_id=x`,
    )

    expect({ status: answer.status, ...answer.body }).toMatchObject({
      status: 400,
      ...malformed('query-params', 'app_id'),
    })
  })

  test('takes the id of the app from the query string, and rather from the header', async () => {
    const to = `${path}${path.includes('?') ? '&' : '?'}app_id=`
    const token = { authorization: `Bearer ${nobody}` }
    const fromQuery = await call({ 'app-id': null, ...token }, `${to}${app.appId}`)
    const fromHeader = await call(token, `${to}${nobody}`)

    expect(fromQuery.body.hint.args).toEqual([{ 'app-id': app.appId, token: nobody }])
    expect(fromHeader.body.hint.args).toEqual([{ 'app-id': app.appId, token: nobody }])
  })
})

describe.each([...asAnyone, ...asAdmin.slice(-2)])('%s %s as somebody', (method, path, body) => {
  test.each<[rule: string, headers: Record<string, string | null>, error: object]>([
    [
      'wants the admin token beside an e-mail',
      { 'as-email': email, authorization: null },
      missing('headers', 'authorization'),
    ],
    [
      'knows nobody by another e-mail',
      { 'as-email': 'nobody@x.co' },
      { ...noUser, hint: { args: [{ email: 'nobody@x.co' }], 'record-type': 'app-user' } },
    ],
    ['takes an e-mail as it is written', { 'as-email': 'ANN@x.co' }, noUser],
    ['wants a uuid as token', { 'as-token': 'abc' }, malformed('asUser', 'token')],
    [
      'knows nobody by another token',
      { 'as-token': nobody },
      { ...noUser, hint: { args: [{ 'refresh-token': nobody }], 'record-type': 'app-user' } },
    ],
    [
      'asks the token before the e-mail',
      { 'as-token': nobody, 'as-email': email },
      { hint: { args: [{ 'refresh-token': nobody }] } },
    ],
    [
      'asks the e-mail before the guest',
      { 'as-guest': 'true', 'as-email': 'nobody@x.co' },
      { hint: { args: [{ email: 'nobody@x.co' }] } },
    ],
  ])('%s', async (_rule, headers, error) => {
    const answer = await app.call(path, { method, headers, ...(body && { body }) })

    expect({ status: answer.status, ...answer.body }).toMatchObject({ status: 400, ...error })
  })
})

test.each<[rule: string, headers: () => Record<string, string | null>]>([
  ['a guest', () => ({ 'as-guest': 'true', authorization: null })],
  ['a guest, whatever the header says', () => ({ 'as-guest': 'false', authorization: null })],
  ['a guest, with a token that is none', () => ({ 'as-guest': 'true', authorization: 'nonsense' })],
  [
    'a guest of an app that is not there',
    () => ({ 'as-guest': 'true', authorization: null, 'app-id': nobody }),
  ],
  ['a user by token', () => ({ 'as-token': user.refresh_token, authorization: null })],
  [
    'a user by token, with an admin token of nobody',
    () => ({ 'as-token': user.refresh_token, authorization: `Bearer ${nobody}` }),
  ],
  ['a user by e-mail', () => ({ 'as-email': email })],
  ['the admin, with space around', () => ({ authorization: `Bearer  ${app.adminToken} ` })],
])('%s is answered', async (_rule, headers) => {
  const answer = await app.query({ $files: {} }, { headers: headers() })
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 200,
    body: { $files: [] },
  })
})

describe('the body', () => {
  const guest = { 'as-guest': 'true' }
  const bad = { authorization: `Bearer ${nobody}` }

  test.each<[rule: string, path: string, options: CallOptions, error: object]>([
    ['a query has to be there', '/admin/query', { body: {} }, missing('body', 'query')],
    ['null is not there', '/admin/query', { body: { query: null } }, missing('body', 'query')],
    [
      'a query is an object',
      '/admin/query',
      { body: { query: 'x' } },
      { ...malformed('body', 'query'), hint: { in: ['body', 'query'], 'original-input': 'x' } },
    ],
    ['a query is no list', '/admin/query', { body: { query: [] } }, malformed('body', 'query')],
    [
      'a query is looked at before the token',
      '/admin/query',
      { body: {}, headers: bad },
      missing('body', 'query'),
    ],
    [
      'but its grammar after it',
      '/admin/query',
      { body: { query: { x: 1 } }, headers: bad },
      noToken,
    ],
    [
      'without a content type nothing is read',
      '/admin/query',
      { body: '{"query":{}}', headers: { 'content-type': 'text/plain' } },
      missing('body', 'query'),
    ],
    [
      'a subscription wants a query',
      '/admin/subscribe-query',
      { body: {}, headers: bad },
      missing('body', 'query'),
    ],
    [
      'that is an object',
      '/admin/subscribe-query',
      { body: { query: 1 }, headers: bad },
      malformed('body', 'query'),
    ],
    ['steps have to be there', '/admin/transact', { body: {} }, missing('body', 'steps')],
    ['steps are a list', '/admin/transact', { body: { steps: {} } }, malformed('body', 'steps')],
    [
      'steps are looked at before the token',
      '/admin/transact',
      { body: {}, headers: bad },
      missing('body', 'steps'),
    ],
    [
      'but what they are after it',
      '/admin/transact',
      { body: { steps: [1] }, headers: bad },
      noToken,
    ],
    [
      'a check of a query asks who it is first',
      '/admin/query_perms_check',
      { body: {} },
      {
        type: 'validation-failed',
        message: 'Validation failed for non-admin: Cannot test perms as admin',
        hint: {
          'data-type': 'non-admin',
          input: 'non-admin',
          errors: [{ message: 'Cannot test perms as admin' }],
        },
      },
    ],
    [
      'a check of a transaction too',
      '/admin/transact_perms_check',
      { body: {} },
      { message: 'Validation failed for non-admin: Cannot test perms as admin' },
    ],
    [
      'a check of a query wants a query',
      '/admin/query_perms_check',
      { body: {}, headers: guest },
      missing('body', 'query'),
    ],
    [
      'a check of a query wants an object',
      '/admin/query_perms_check',
      { body: { query: [] }, headers: guest },
      malformed('body', 'query'),
    ],
    [
      'a check of a transaction wants steps',
      '/admin/transact_perms_check',
      { body: {}, headers: guest },
      missing('body', 'steps'),
    ],
    [
      'a check wants the admin token of a guest',
      '/admin/query_perms_check',
      { body: {}, headers: { ...guest, authorization: null } },
      missing('headers', 'authorization'),
    ],
    [
      'a check judges other rules first',
      '/admin/query_perms_check',
      { body: { 'rules-override': { goals: { allow: { view: 'lol' } } } }, headers: guest },
      { type: 'validation-failed', hint: { 'data-type': 'rule' } },
    ],
    [
      'a check of a transaction judges its steps first',
      '/admin/transact_perms_check',
      { body: { 'rules-override': { goals: { allow: { view: 'lol' } } } }, headers: guest },
      missing('body', 'steps'),
    ],
    [
      'and other rules then',
      '/admin/transact_perms_check',
      {
        body: { steps: [], 'rules-override': { goals: { allow: { view: 'lol' } } } },
        headers: guest,
      },
      { type: 'validation-failed', hint: { 'data-type': 'rule' } },
    ],
    [
      'an e-mail or an id',
      '/admin/refresh_tokens',
      { body: {} },
      {
        type: 'validation-failed',
        message: 'Validation failed for body: Please provide an `email` or `id`',
        hint: {
          'data-type': 'body',
          input: {},
          errors: [{ message: 'Please provide an `email` or `id`' }],
        },
      },
    ],
    [
      'an e-mail that is one',
      '/admin/refresh_tokens',
      { body: { email: 'x' } },
      malformed('body', 'email'),
    ],
    ['an id that is one', '/admin/refresh_tokens', { body: { id: 'x' } }, malformed('body', 'id')],
    [
      'whom to sign out',
      '/admin/sign_out',
      { body: {} },
      {
        type: 'validation-failed',
        message: 'Validation failed for body: Please provide an `id`, `email`, or `refresh_token`',
      },
    ],
    [
      'an e-mail of nobody to sign out',
      '/admin/sign_out',
      { body: { email: 'nobody@x.co' } },
      noUser,
    ],
    [
      'a token to sign out that is none',
      '/admin/sign_out',
      { body: { refresh_token: 'x' } },
      malformed('body', 'refresh_token'),
    ],
    ['an e-mail for a code', '/admin/magic_code', { body: {} }, missing('body', 'email')],
    [
      'an e-mail that is no object',
      '/admin/magic_code',
      { body: { email: { email } } },
      malformed('body', 'email'),
    ],
    [
      'an e-mail to send a code to',
      '/admin/send_magic_code',
      { body: { email: '@' } },
      malformed('body', 'email'),
    ],
    [
      'an e-mail to verify',
      '/admin/verify_magic_code',
      { body: { code: '1' } },
      missing('body', 'email'),
    ],
    ['a code to verify', '/admin/verify_magic_code', { body: { email } }, missing('body', 'code')],
    [
      'a code that is right',
      '/admin/verify_magic_code',
      { body: { email, code: '000000' } },
      {
        type: 'record-not-found',
        message: 'Record not found: app-user-magic-code',
        hint: { args: [{ code: '000000', email }], 'record-type': 'app-user-magic-code' },
      },
    ],
    [
      'a token to verify',
      '/runtime/auth/verify_refresh_token',
      { body: {} },
      missing('body', 'app-id'),
    ],
    [
      'an app to sign in to',
      '/runtime/auth/send_magic_code',
      { body: { 'app-id': nobody, email } },
      {
        type: 'record-not-found',
        message: 'Record not found: app',
        hint: { args: [{ id: nobody }], 'record-type': 'app' },
      },
    ],
    ['paths to delete', '/admin/storage/files/delete', { body: {} }, missing('body', 'filenames')],
    [
      'a path to upload to',
      '/admin/storage/upload',
      { method: 'PUT' },
      { type: 'param-missing', message: 'Missing parameter: ["path"]' },
    ],
    [
      'a path to delete',
      '/admin/storage/files',
      { method: 'DELETE' },
      missing('params', 'filename'),
    ],
    [
      'a path to link to',
      '/admin/storage/signed-download-url',
      { method: 'GET' },
      missing('params', 'filename'),
    ],
    [
      'somebody to get',
      '/admin/users',
      { method: 'GET' },
      {
        type: 'validation-failed',
        message: 'Validation failed for params: Please provide a user id, email, or refresh_token',
      },
    ],
    [
      'somebody to delete',
      '/admin/users',
      { method: 'DELETE' },
      {
        message: 'Validation failed for params: Please provide a user id, email, or refresh_token',
      },
    ],
    [
      'an e-mail to get by',
      '/admin/users?email=x',
      { method: 'GET' },
      malformed('params', 'email'),
    ],
    ['an id to get by', '/admin/users?id=x', { method: 'GET' }, malformed('params', 'id')],
    [
      'a token to get by',
      '/admin/users?refresh_token=x',
      { method: 'GET' },
      malformed('params', 'refresh_token'),
    ],
    [
      'a type of room',
      '/admin/rooms/presence?room-id=1',
      { method: 'GET' },
      missing('params', 'room-type'),
    ],
    [
      'a room',
      '/admin/rooms/presence?room-type=chat',
      { method: 'GET' },
      missing('params', 'room-id'),
    ],
  ])('%s', async (_rule, path, options, error) => {
    const answer = await app.call(path, options)
    expect({ status: answer.status, ...answer.body }).toMatchObject({ status: 400, ...error })
  })

  test('malformed JSON is the one error in plain text', async () => {
    const answer = await app.call('/admin/query', { body: '{"query":' })

    expect(answer).toMatchObject({ status: 400, body: 'Malformed JSON in request body.' })
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
  })

  test.each([['GET'], ['DELETE']])(
    '%s has a content type and an empty body, which is no matter',
    async (method) => {
      expect((await app.call(`/admin/users?id=${nobody}`, { method })).status).toBe(200)
    },
  )

  test('unknown keys are ignored, rule parameters beside the query among them', async () => {
    const answer = await app.call('/admin/query', {
      body: { query: { goals: {} }, $$ruleParams: { x: 1 }, nope: 2, versions: {} },
    })
    expect(answer.body).toEqual({ goals: [{ id: goal, title: 'x' }] })
  })
})

describe('what goes with every answer', () => {
  test.each<[what: string, path: string, status: number]>([
    ['a success', '/admin/query', 200],
    ['a refusal', '/admin/transact', 400],
    ['no route', '/nope', 404],
  ])('%s is open to the page that asks', async (_what, path, status) => {
    const origin = 'http://localhost:3000'
    const answer = await app.call(path, { headers: { origin }, body: { query: { goals: {} } } })

    expect(answer.status).toBe(status)
    expect(
      setOf(answer.headers, [
        'access-control-allow-origin',
        'access-control-allow-methods',
        'access-control-allow-credentials',
      ]),
    ).toEqual({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'DELETE, GET, POST, PUT',
      'access-control-allow-credentials': null,
    })
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('x-frame-options')).toBe('DENY')
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  })

  test('a preflight is let through with the headers it asks for', async () => {
    const answer = await app.call('/admin/query', {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,instant-core-version',
      },
    })

    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 200,
      body: 'preflight complete',
    })
    expect(
      setOf(answer.headers, [
        'access-control-allow-headers',
        'access-control-max-age',
        'cache-control',
        'vary',
      ]),
    ).toEqual({
      'access-control-allow-headers': 'Content-Type, Instant-Core-Version',
      'access-control-max-age': '600',
      'cache-control': 'public, max-age=600',
      vary: 'origin, Access-Control-Request-Headers',
    })
  })

  test('without an origin nothing is said of origins', async () => {
    expect((await app.query({})).headers.get('access-control-allow-origin')).toBeNull()
  })
})

test('no route is a JSON 404', async () => {
  const answer = await app.call('/nope', { method: 'GET' })
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 404,
    body: { message: "Oops! We couldn't match this route." },
  })
})

test('the root and the health of the store', async () => {
  const root = await app.call('/', { method: 'GET' })
  const health = await app.call('/health/system', { method: 'GET' })

  expect(root).toMatchObject({ status: 200, body: "<code>Welcome to Instant's Backend!</code>" })
  expect(health).toMatchObject({ status: 200, body: { wal: 'ok' } })
})

describe('users', () => {
  const decorated = (more: object) => ({
    app_id: app.appId,
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    isGuest: false,
    ...more,
  })
  const token = expect.stringMatching(/^[0-9a-f-]{36}$/)
  const post = (path: string, body: object) => app.call(path, { body })
  const code = async (email: string): Promise<string> =>
    (await post('/admin/magic_code', { email })).body.code

  test.each<[rule: string, ask: () => Promise<Answer>, body: () => object]>([
    [
      'a token makes the user',
      () => post('/admin/refresh_tokens', { email: 'new@x.co' }),
      () => ({ user: decorated({ email: 'new@x.co', refresh_token: token }), created: true }),
    ],
    [
      'an e-mail is trimmed and in small letters',
      () => post('/admin/refresh_tokens', { email: ' New2@X.co ' }),
      () => ({ user: decorated({ email: 'new2@x.co', refresh_token: token }), created: true }),
    ],
    [
      'a second token makes nobody',
      () => post('/admin/refresh_tokens', { email }),
      () => ({
        user: decorated({
          id: user.id,
          email,
          refresh_token: expect.not.stringMatching(user.refresh_token),
        }),
        created: false,
      }),
    ],
    [
      'a user by id has a null e-mail',
      () => post('/admin/refresh_tokens', { id: nobody }),
      () => ({ user: decorated({ id: nobody, email: null, refresh_token: token }), created: true }),
    ],
    [
      'both make a user with both',
      () =>
        post('/admin/refresh_tokens', {
          id: '99999999-9999-4999-8999-999999999998',
          email: 'both@x.co',
        }),
      () => ({
        user: decorated({
          id: '99999999-9999-4999-8999-999999999998',
          email: 'both@x.co',
          refresh_token: token,
        }),
        created: true,
      }),
    ],
    [
      'extra fields are written',
      () =>
        post('/admin/refresh_tokens', { email: 'extra@x.co', 'extra-fields': { nickname: 'n' } }),
      () => ({
        user: decorated({ email: 'extra@x.co', nickname: 'n', refresh_token: token }),
        created: true,
      }),
    ],
    [
      'extra fields are not even looked at for who is there',
      () => post('/admin/refresh_tokens', { email, 'extra-fields': { nope: 1 } }),
      () => ({ user: decorated({ id: user.id, email, refresh_token: token }), created: false }),
    ],
    [
      'a guest has a type and no e-mail',
      () => post('/admin/sign_in_guest', {}),
      () => ({ user: { ...decorated({ type: 'guest', refresh_token: token }), isGuest: true } }),
    ],
    [
      'a user is found by e-mail',
      () => app.call(`/admin/users?email=${email}`, { method: 'GET' }),
      () => ({ user: decorated({ id: user.id, email }) }),
    ],
    [
      'a user is found by an e-mail in capitals',
      () => app.call('/admin/users?email=ANN@x.co', { method: 'GET' }),
      () => ({ user: decorated({ id: user.id, email }) }),
    ],
    [
      'a user is found by id',
      () => app.call(`/admin/users?id=${user.id}`, { method: 'GET' }),
      () => ({ user: decorated({ email }) }),
    ],
    [
      'a user is found by token',
      () => app.call(`/admin/users?refresh_token=${user.refresh_token}`, { method: 'GET' }),
      () => ({ user: decorated({ email }) }),
    ],
    [
      'the e-mail is looked at first',
      () => app.call(`/admin/users?id=${nobody}&email=${email}`, { method: 'GET' }),
      () => ({ user: decorated({ email }) }),
    ],
    [
      'nobody is null',
      () => app.call('/admin/users?email=nobody@x.co', { method: 'GET' }),
      () => ({ user: null }),
    ],
    [
      'nobody is found by a token of nobody',
      () =>
        app.call('/admin/users?refresh_token=99999999-9999-4999-8999-999999999990', {
          method: 'GET',
        }),
      () => ({ user: null }),
    ],
    [
      'nobody is deleted',
      () => app.call('/admin/users?email=nobody@x.co', { method: 'DELETE' }),
      () => ({ deleted: null }),
    ],
    [
      'an unknown id is signed out',
      () => post('/admin/sign_out', { id: '99999999-9999-4999-8999-999999999990' }),
      () => ({ ok: true }),
    ],
    [
      'an unknown token is signed out',
      () => post('/admin/sign_out', { refresh_token: '99999999-9999-4999-8999-999999999990' }),
      () => ({ ok: true }),
    ],
    [
      'a code has six digits',
      () => post('/admin/magic_code', { email: 'code@x.co' }),
      () => ({ code: expect.stringMatching(/^\d{6}$/) }),
    ],
    [
      'a code is sent and told',
      () => post('/admin/send_magic_code', { email: 'code@x.co' }),
      () => ({ code: expect.stringMatching(/^\d{6}$/) }),
    ],
    [
      'a right code makes a user of a type',
      async () =>
        post('/admin/verify_magic_code', { email: 'v1@x.co', code: ` ${await code('v1@x.co')} ` }),
      () => ({
        user: decorated({ email: 'v1@x.co', type: 'user', refresh_token: token }),
        created: true,
      }),
    ],
    [
      'a right code signs in',
      async () => post('/admin/verify_magic_code', { email, code: await code(email) }),
      () => ({ user: decorated({ id: user.id, email, refresh_token: token }), created: false }),
    ],
    [
      'a client is told who has its token',
      () =>
        post('/runtime/auth/verify_refresh_token', {
          'app-id': app.appId,
          'refresh-token': user.refresh_token,
        }),
      () => ({ user: decorated({ id: user.id, email, refresh_token: user.refresh_token }) }),
    ],
    [
      'a client is told that a code was sent',
      () => post('/runtime/auth/send_magic_code', { 'app-id': app.appId, email: 'v2@x.co' }),
      () => ({ sent: true }),
    ],
    [
      'a client signs out with whatever token',
      () =>
        post('/runtime/signout', {
          app_id: app.appId,
          refresh_token: '99999999-9999-4999-8999-999999999990',
        }),
      () => ({}),
    ],
    [
      'a row of $users is attributes alone',
      () => app.query({ $users: { $: { where: { email } } } }),
      () => ({ $users: [expect.objectContaining({ id: user.id, email })] }),
    ],
  ])('%s', async (_rule, ask, body) => {
    const answer = await ask()
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: body() })
  })

  test.each<[rule: string, fields: object, message: string]>([
    [
      'a field that is no attribute',
      { nope: 1 },
      'Validation failed for extra-fields: Unknown field: nope. It must be defined in your $users schema.',
    ],
    [
      'a field of the system',
      { email: 'x@x.co' },
      'Validation failed for extra-fields: Cannot set system field: email',
    ],
    [
      'a field of another type',
      { age: 'x' },
      'Invalid value type for $users.age. Value must be a number but the provided value type is string.',
    ],
  ])('%s leaves the code usable', async (_rule, fields, message) => {
    const address = `${crypto.randomUUID()}@x.co`
    const body = { email: address, code: await code(address) }
    const refused = await post('/admin/verify_magic_code', { ...body, 'extra-fields': fields })
    const accepted = await post('/admin/verify_magic_code', {
      ...body,
      'extra-fields': { nickname: 'n' },
    })
    const again = await post('/admin/verify_magic_code', body)

    expect({ status: refused.status, ...refused.body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message,
    })
    expect(accepted.body).toMatchObject({ created: true, user: { nickname: 'n' } })
    expect(again.body).toMatchObject({
      type: 'record-not-found',
      message: 'Record not found: app-user-magic-code',
    })
  })

  test('the codes of one e-mail are all good, and of no other', async () => {
    const [first, second] = [await code('many@x.co'), await code('many@x.co')]

    expect(
      (await post('/admin/verify_magic_code', { email: 'other@x.co', code: first })).status,
    ).toBe(400)
    expect(
      (await post('/admin/verify_magic_code', { email: 'many@x.co', code: first })).status,
    ).toBe(200)
    if (second !== first)
      expect(
        (await post('/admin/verify_magic_code', { email: 'many@x.co', code: second })).status,
      ).toBe(200)
  })

  test('a token is signed out alone, an id and an e-mail with all tokens', async () => {
    const sign = async () => (await post('/admin/refresh_tokens', { email: 'out@x.co' })).body.user
    const isIn = async (token: string) =>
      (await app.query({}, { headers: { 'as-token': token } })).status === 200
    const [one, two] = [await sign(), await sign()]
    await post('/admin/sign_out', { refresh_token: one.refresh_token })
    const afterOne = [await isIn(one.refresh_token), await isIn(two.refresh_token)]
    await post('/admin/sign_out', { email: 'OUT@x.co' })
    const three = await sign()
    await post('/admin/sign_out', { id: three.id })

    expect(afterOne).toEqual([false, true])
    expect([await isIn(two.refresh_token), await isIn(three.refresh_token)]).toEqual([false, false])
  })

  test('a deleted user is told as they were, and takes tokens and guests along', async () => {
    const signed = (await post('/admin/refresh_tokens', { email: 'gone@x.co' })).body.user
    await write(app, [
      [
        'create',
        '$users',
        '99999999-9999-4999-8999-999999999970',
        { type: 'guest', linkedPrimaryUser: signed.id },
      ],
    ])
    const { refresh_token, ...asItWas } = signed
    const { body } = await app.call(`/admin/users?refresh_token=${refresh_token}`, {
      method: 'DELETE',
    })

    expect(body).toEqual({ deleted: asItWas })
    expect((await app.query({}, { headers: { 'as-token': refresh_token } })).body).toMatchObject(
      noUser,
    )
    expect(
      (
        await app.query({
          $users: { $: { where: { id: '99999999-9999-4999-8999-999999999970' } } },
        })
      ).body,
    ).toEqual({ $users: [] })
  })

  test('a guest with a new e-mail becomes the user; with one that is taken it is linked', async () => {
    const guest = async () =>
      (await post('/runtime/auth/sign_in_guest', { 'app-id': app.appId })).body.user
    const verify = async (email: string, token: string) =>
      (
        await post('/admin/verify_magic_code', {
          email,
          code: await code(email),
          'refresh-token': token,
        })
      ).body
    const [first, second] = [await guest(), await guest()]

    expect(await verify('up@x.co', first.refresh_token)).toMatchObject({
      created: true,
      user: { id: first.id, email: 'up@x.co', type: 'user', isGuest: false },
    })
    expect(await verify('up@x.co', second.refresh_token)).toMatchObject({
      created: false,
      user: { id: first.id },
    })
    const { body } = await app.call(`/admin/users?id=${second.id}`, { method: 'GET' })
    expect(body.user).toMatchObject({ type: 'guest', isGuest: true, linkedPrimaryUser: first.id })
    expect(
      (
        await post('/admin/verify_magic_code', {
          email: 'up@x.co',
          code: await code('up@x.co'),
          'refresh-token': '99999999-9999-4999-8999-999999999990',
        })
      ).body,
    ).toMatchObject(noUser)
  })
})

describe('files', () => {
  const upload = (path: string, headers: Record<string, string | null> = {}, body = 'hello') =>
    app.call('/admin/storage/upload', {
      method: 'PUT',
      headers: { path, ...headers },
      body: new TextEncoder().encode(body),
    })
  const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/)

  test('an upload answers the row, and is found by a query', async () => {
    const { status, body } = await upload('a/b c.txt', {
      'content-type': 'text/plain',
      'content-disposition': 'inline',
    })
    const { $files } = (await app.query({ $files: { $: { where: { path: 'a/b c.txt' } } } })).body

    expect({ status, body }).toEqual({
      status: 200,
      body: { data: { id: uuid, 'location-id': uuid, size: 5 } },
    })
    expect($files).toEqual([
      {
        id: body.data.id,
        path: 'a/b c.txt',
        size: 5,
        'content-type': 'text/plain',
        'content-disposition': 'inline',
        'location-id': body.data['location-id'],
        'key-version': expect.any(Number),
        url: expect.stringMatching(/^http/),
      },
    ])
    expect(await (await fetch($files[0].url)).text()).toBe('hello')
  })

  test.each([[''], ['null'], ['undefined']])(
    'the type %j is none, and so is no type',
    async (type) => {
      await upload('typed', { 'content-type': type })
      await upload('untyped', { 'content-type': null })
      const { $files } = (
        await app.query({
          $files: {
            $: { where: { path: { $in: ['typed', 'untyped'] } }, fields: ['content-type'] },
          },
        })
      ).body

      expect($files.map((file: Record<string, string>) => file['content-type'])).toEqual([
        'application/octet-stream',
        'application/octet-stream',
      ])
    },
  )

  test('a path that is taken keeps its id', async () => {
    const first = (await upload('same')).body.data
    const second = (await upload('same', {}, 'longer')).body.data

    expect(second).toEqual({ id: first.id, 'location-id': uuid, size: 6 })
    expect(second['location-id']).not.toBe(first['location-id'])
  })

  test('fields keep the url away, or ask for it', async () => {
    await upload('fields')
    const ask = async (fields: string[]) =>
      (await app.query({ $files: { $: { where: { path: 'fields' }, fields } } })).body.$files

    expect(await ask(['path'])).toEqual([{ id: uuid, path: 'fields' }])
    expect(await ask(['url'])).toEqual([{ id: uuid, url: expect.stringMatching(/^http/) }])
  })

  test('files are deleted by path, and none is null', async () => {
    const { id } = (await upload('del')).body.data
    const [two, three] = [(await upload('del2')).body.data, (await upload('del3')).body.data]
    const remove = (path: string) =>
      app.call(`/admin/storage/files?filename=${path}`, { method: 'DELETE' })

    expect((await remove('del')).body).toEqual({ data: { id } })
    expect((await remove('del')).body).toEqual({ data: { id: null } })
    const many = await app.call('/admin/storage/files/delete', {
      body: { filenames: ['del2', 'nope', 'del3'] },
    })
    expect(many.body.data.ids.sort()).toEqual([two.id, three.id].sort())
  })

  test('links to upload to and download from', async () => {
    const { body } = await app.call('/admin/storage/signed-upload-url', {
      body: { app_id: app.appId, filename: 'signed' },
    })
    const put = () => fetch(body.data, { method: 'PUT', body: 'bytes' })
    const first = await put()
    const second = await put()
    const link = (path: string) =>
      app.call(`/admin/storage/signed-download-url?filename=${path}`, { method: 'GET' })

    expect(body.data).toMatch(/^http:\/\/.+\/storage\/[0-9a-f-]{36}\/consume-upload-url$/)
    expect(await first.json()).toEqual({ data: { id: uuid, 'location-id': uuid, size: 5 } })
    expect(second.status).toBe(400)
    expect(await (await fetch((await link('signed')).body.data)).text()).toBe('bytes')
    expect((await link('nope')).body).toEqual({ data: null })
  })

  test('the deprecated list', async () => {
    await upload('listed')
    const { body } = await app.call('/admin/storage/files', { method: 'GET' })
    expect(body.data).toContainEqual({
      key: expect.stringContaining(app.appId),
      name: 'listed',
      size: 5,
      etag: null,
      last_modified: null,
    })
  })

  test.each<[rule: string, ask: () => Promise<Answer>, action: string]>([
    ['upload', () => upload('x', { 'as-guest': 'true' }), 'create'],
    ['overwrite', () => upload('same', { 'as-guest': 'true' }), 'create'],
    [
      'delete',
      () =>
        app.call('/admin/storage/files?filename=x', {
          method: 'DELETE',
          headers: { 'as-guest': 'true' },
        }),
      'delete',
    ],
    [
      'delete many',
      () =>
        app.call('/admin/storage/files/delete', {
          body: { filenames: ['x'] },
          headers: { 'as-guest': 'true' },
        }),
      'delete',
    ],
  ])('without a rule nobody may %s', async (_rule, ask, action) => {
    const answer = await ask()
    expect({ status: answer.status, ...answer.body }).toMatchObject({
      status: 400,
      type: 'permission-denied',
      message: 'Permission denied: not has-storage-permission?',
      hint: { input: ['$files', action], expected: 'has-storage-permission?' },
    })
  })
})

describe('checks of rules', () => {
  const guest = { 'as-guest': 'true' }

  test('of a query', async () => {
    const checked = await makeContractApp(backend.apiURI, {
      namespaces: { goals: { title: 'string', public: 'boolean' } },
    })
    const [a, b] = [goal, nobody]
    await write(checked, [
      ['create', 'goals', a, { title: 'a', public: true }],
      ['create', 'goals', b, { title: 'b', public: false }],
    ])
    const entry = (id: string, title: string, isPublic: boolean) => ({
      id,
      entity: 'goals',
      label: null,
      record: { id, title, public: isPublic },
      program: {
        code: 'data.public',
        'display-code': 'data.public',
        etype: 'goals',
        action: 'view',
      },
      check: isPublic,
    })
    const rules = { goals: { allow: { view: 'data.public' } } }
    const { status, body } = await checked.call('/admin/query_perms_check', {
      headers: guest,
      body: { query: { goals: {} }, 'rules-override': rules },
    })

    expect(status).toBe(200)
    const entries = body['check-results'].map(withoutExtras)
    expect(entries).toHaveLength(2)
    expect(entries).toEqual(expect.arrayContaining([entry(a, 'a', true), entry(b, 'b', false)]))
    expect({ result: body.result, wheres: body['rule-wheres'] }).toEqual({
      result: { goals: [{ id: a, title: 'a', public: true }] },
      wheres: null,
    })
    expect(
      (
        await checked.call('/admin/query_perms_check', {
          headers: guest,
          body: { query: { goals: {} }, 'rules-override': {} },
        })
      ).body['check-results'][0],
    ).toMatchObject({ program: {}, check: true })
  })

  test('of a transaction that is denied', async () => {
    const id = crypto.randomUUID()
    const { status, body } = await app.call('/admin/transact_perms_check', {
      headers: guest,
      body: {
        steps: [['create', 'goals', id, { title: 'x' }]],
        'rules-override': { goals: { allow: { create: 'false' } } },
        'dangerously-commit-tx': true,
      },
    })

    expect(status).toBe(200)
    expect({
      ...withoutExtras(body),
      'check-results': body['check-results'].map(withoutExtras),
    }).toEqual({
      'tx-id': expect.any(Number),
      'all-checks-ok?': false,
      'committed?': false,
      'check-results': [
        {
          scope: 'object',
          action: 'create',
          etype: 'goals',
          eid: id,
          bindings: {
            data: { id, title: 'x' },
            'new-data': { id, title: 'x' },
            'rule-params': null,
            'modified-fields': ['title'],
          },
          program: { etype: 'goals', action: 'create', code: 'false', 'display-code': 'false' },
          'check-result': false,
          'check-pass?': false,
        },
      ],
    })
  })

  test.each<[rule: string, commits: boolean | undefined, isThere: boolean]>([
    ['is not committed', undefined, false],
    ['is committed when told so', true, true],
  ])('of a transaction that passes %s', async (_rule, commits, isThere) => {
    const id = crypto.randomUUID()
    const { body } = await app.call('/admin/transact_perms_check', {
      headers: guest,
      body: {
        steps: [['create', 'goals', id, { title: 'x' }]],
        'rules-override': {},
        ...(commits && { 'dangerously-commit-tx': commits }),
      },
    })

    expect(body).toMatchObject({
      'all-checks-ok?': true,
      'committed?': isThere,
      'check-results': [{ program: {}, 'check-result': true, 'check-pass?': true }],
    })
    expect((await app.query({ goals: { $: { where: { id } } } })).body.goals).toHaveLength(
      isThere ? 1 : 0,
    )
  })

  test.each<[rule: string, path: string, body: object, error: object]>([
    [
      'a rule that fails is an error of a query, with what failed',
      '/admin/query_perms_check',
      { query: { goals: {} }, 'rules-override': { goals: { allow: { view: '!data.nope' } } } },
      { type: 'permission-evaluation-failed', hint: { rule: ['goals', 'view'] } },
    ],
    [
      'a type is an error of a transaction',
      '/admin/transact_perms_check',
      { steps: [['create', 'goals', nobody, { title: 1 }]] },
      {
        type: 'validation-failed',
        message:
          'Invalid value type for goals.title. Value must be a string but the provided value type is number.',
      },
    ],
  ])('%s', async (_rule, path, body, error) => {
    const answer = await app.call(path, { headers: guest, body })
    expect({ status: answer.status, ...answer.body }).toMatchObject({ status: 400, ...error })
    expect(answer.body.message).not.toContain('You may have a typo')
  })

  test('other addresses reach the rules', async () => {
    const check = async (overrides: object) =>
      (
        await app.call('/admin/query_perms_check', {
          headers: guest,
          body: {
            query: { goals: { $: { where: { id: goal } } } },
            'rules-override': {
              goals: {
                allow: { view: "request.ip == '1.2.3.4' && request.origin == 'https://x.co'" },
              },
            },
            ...overrides,
          },
        })
      ).body.result.goals.length

    expect(await check({ 'ip-override': '1.2.3.4', 'origin-override': 'https://x.co' })).toBe(1)
    expect(await check({ 'ip-override': '1.2.3.5', 'origin-override': 'https://x.co' })).toBe(0)
  })
})

describe('schemas, rules and other neighbours', () => {
  const dash = (path: string, options: CallOptions = {}) =>
    app.call(`/dash/apps/${app.appId}${path}`, options)

  test.each<[rule: string, options: () => CallOptions, status: number, error: () => object]>([
    [
      'no token',
      () => ({ headers: { authorization: null } }),
      400,
      () => missing('headers', 'authorization'),
    ],
    [
      'a token that is no uuid',
      () => ({ headers: { authorization: 'Bearer x' } }),
      400,
      () => malformed('headers', 'authorization'),
    ],
    [
      'a token of nobody',
      () => ({ headers: { authorization: `Bearer ${nobody}` } }),
      401,
      () => ({
        type: 'record-not-found',
        message: 'Record not found: instant-user',
        hint: { args: [{ 'auth?': true }], 'record-type': 'instant-user' },
      }),
    ],
    [
      'the token of another app',
      () => ({ headers: { authorization: `Bearer ${other.adminToken}` } }),
      400,
      () => ({
        type: 'validation-failed',
        message: `This admin token does not belong to app ${app.appId}. Admin tokens are bound to a single app. Use a personal access token to manage other apps.`,
        hint: { reason: 'admin-token-mismatch' },
      }),
    ],
  ])('the routes of the dashboard refuse %s', async (_rule, options, status, error) => {
    for (const [method, path] of [
      ['GET', '/schema/pull'],
      ['GET', '/perms/pull'],
      ['POST', '/rules'],
      ['POST', '/schema/push/plan'],
      ['POST', '/schema/steps/apply'],
      ['GET', '/webhooks'],
    ] as const) {
      const answer = await dash(path, { method, ...options() })
      expect({ path, status: answer.status, ...answer.body }).toMatchObject({
        path,
        status,
        ...error,
      })
    }
  })

  test('the schema is told in three forms', async () => {
    const pulled = (await dash('/schema/pull', { method: 'GET' })).body
    const admin = (await app.call('/admin/schema', { method: 'GET' })).body

    expect(Object.keys(pulled).sort()).toEqual(['app-title', 'attrs', 'schema'])
    expect(pulled.schema.blobs.goals.title).toMatchObject({
      'forward-identity': [expect.any(String), 'goals', 'title'],
      'value-type': 'blob',
      cardinality: 'one',
      'unique?': false,
      'index?': false,
      'checked-data-type': 'string',
      catalog: 'user',
    })
    expect(pulled.schema.blobs.$users.email).toMatchObject({
      catalog: 'system',
      'unique?': true,
      'index?': true,
    })
    expect(pulled.attrs).toContainEqual(
      expect.objectContaining({ catalog: 'system', 'value-type': 'ref' }),
    )
    expect(Object.keys(admin.schema).sort()).toEqual(['blobs', 'refs'])
    expect(admin.schema.refs).toHaveProperty('$users-linkedPrimaryUser-$users-linkedGuestUsers')
    expect(pulled.schema.refs).toHaveProperty([
      '["$users" "linkedPrimaryUser" "$users" "linkedGuestUsers"]',
    ])
  })

  test('deleted attributes are told', async () => {
    const { body } = await app.call('/admin/soft_deleted_attrs', { method: 'GET' })
    expect(body).toEqual({ attrs: [], 'grace-period-days': expect.any(Number) })
  })

  test('rules are kept as they were sent', async () => {
    const code = { goals: { allow: { view: 'true' }, bind: ['a', 'true'] } }
    const { body } = await dash('/rules', { body: { code } })

    expect(body).toEqual({ rules: { app_id: app.appId, code, version: expect.any(Number) } })
    expect((await dash('/perms/pull', { method: 'GET' })).body).toEqual({ perms: code })
    expect((await dash('/rules', { body: {} })).body).toMatchObject(missing('body', 'code'))
    await setRules(app, {})
  })

  test('nobody is in any room', async () => {
    const { status, body } = await app.call('/admin/rooms/presence?room-type=chat&room-id=1', {
      method: 'GET',
    })
    expect({ status, body }).toEqual({ status: 200, body: { sessions: {} } })
  })

  test('there are no webhooks, and none can be made', async () => {
    const create = await dash('/webhooks', {
      body: { url: 'https://x.co', namespaces: ['goals'], actions: ['create'] },
    })

    expect((await dash('/webhooks', { method: 'GET' })).body).toEqual({ webhooks: [] })
    expect({ status: create.status, ...create.body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      hint: { 'data-type': 'webhook' },
    })
  })

  test.each<[what: string, path: string, body: object]>([
    ['a rule', '/rules', { code: { goals: { allow: { view: "data.title == '\0'" } } } }],
    ['a namespace of rules', '/rules', { code: { '\ud800': {} } }],
    [
      'a name of a schema',
      '/schema/push/apply',
      { schema: { entities: { 'a\0': { attrs: {} } }, links: {} } },
    ],
  ])('%s that cannot be stored is refused', async (_what, path, body) => {
    const answer = await dash(path, { body })

    expect({ status: answer.status, ...answer.body }).toMatchObject({
      status: 400,
      type: 'validation-failed',
      message: expect.stringMatching(/^A value in the request contains .*cannot be stored\.$/),
    })
  })

  test('an app for a while', async () => {
    const { body } = await app.call('/dash/apps/ephemeral', { body: { title: 'T' } })
    expect(body).toEqual({
      app: {
        id: expect.any(String),
        title: 'T',
        created_at: expect.any(String),
        org_id: null,
        'admin-token': expect.any(String),
      },
      expires_ms: expect.any(Number),
    })
  })

  test.each<[title: unknown, error: object]>([
    [undefined, missing('body', 'title')],
    [null, missing('body', 'title')],
    ['', malformed('body', 'title')],
    ['  ', malformed('body', 'title')],
    [1, malformed('body', 'title')],
    [[], malformed('body', 'title')],
  ])('the title of an app is not %j', async (title, error) => {
    const { hint, ...rest } = error as { hint: object }
    const { status, body } = await app.call('/dash/apps/ephemeral', { body: { title } })
    expect({ status, ...body }).toMatchObject({ status: 400, ...rest, hint })
  })
})

/** What Instant has of a check: our dashboard is told more. */
function withoutExtras({ understudy, ...entry }: Record<string, unknown>) {
  return entry
}

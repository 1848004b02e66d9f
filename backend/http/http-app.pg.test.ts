import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '@/backend/operations/engine'
import { openTestEngine } from '@/backend/operations/testing'
import { createHttpApp } from './http-app'

const uuid = '8aa64e4c-64f9-472e-8a61-3fa28870e6cb'
let engine: Engine
let http: ReturnType<typeof createHttpApp>
let app: { id: string; 'admin-token': string }

beforeAll(async () => {
  engine = await openTestEngine()
  http = createHttpApp(engine)
  app = (await json(await post('/dash/apps/ephemeral', { title: 'Test' }))).app as typeof app
})

afterAll(() => engine.db.close())

test('the root and the health route answer as Instant does', async () => {
  const root = await get('/')

  expect(root.status).toBe(200)
  expect(await root.text()).toBe("<code>Welcome to Instant's Backend!</code>")
  expect(await json(await get('/health/system'))).toEqual({ wal: 'ok' })
})

test('an unknown route is a JSON 404, and one that Instant has says that it is missing', async () => {
  const unknown = await get('/nope')
  const missing = await post('/admin/sse', {}, admin())

  expect(unknown.status).toBe(404)
  expect(await json(unknown)).toEqual({ message: "Oops! We couldn't match this route." })
  expect(missing.status).toBe(501)
  expect(await json(missing)).toMatchObject({
    type: 'not-supported-yet',
    message: 'The embedded backend does not support streams yet.',
  })
})

test('malformed JSON is the one error in plain text', async () => {
  const response = await http.request('/admin/query', {
    method: 'POST',
    headers: { host: '127.0.0.1:8888', 'content-type': 'application/json', ...admin() },
    body: '{"query":',
  })

  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toContain('text/plain')
  expect(await response.text()).toBe('Malformed JSON in request body.')
})

test.each<[situation: string, headers: () => Record<string, string>, body: object]>([
  [
    'no app id',
    () => ({}),
    { type: 'param-missing', message: 'Missing parameter: ["headers" "app-id"]' },
  ],
  [
    'an app id that is no uuid',
    () => ({ ...admin(), 'app-id': 'x' }),
    { type: 'param-malformed', message: 'Malformed parameter: ["headers" "app-id"]' },
  ],
  [
    'no authorization',
    () => ({ 'app-id': app.id }),
    { type: 'param-missing', message: 'Missing parameter: ["headers" "authorization"]' },
  ],
  [
    'a token that is no uuid',
    () => ({ 'app-id': app.id, authorization: 'Bearer nonsense' }),
    { type: 'param-malformed', message: 'Malformed parameter: ["headers" "authorization"]' },
  ],
  [
    'a token of nobody',
    () => ({ 'app-id': app.id, authorization: `Bearer ${uuid}` }),
    {
      type: 'record-not-found',
      message: 'Record not found: app-admin-token',
      hint: { 'record-type': 'app-admin-token', args: [{ 'app-id': '', token: uuid }] },
    },
  ],
  [
    'an unknown app',
    () => ({ ...admin(), 'app-id': uuid }),
    { type: 'record-not-found', message: 'Record not found: app-admin-token' },
  ],
  [
    'as-email without authorization',
    () => ({ 'app-id': app.id, 'as-email': 'a@b.co' }),
    { type: 'param-missing', message: 'Missing parameter: ["headers" "authorization"]' },
  ],
  [
    'as-email of nobody',
    () => ({ ...admin(), 'as-email': 'a@b.co' }),
    {
      type: 'record-not-found',
      message: 'Record not found: app-user',
      hint: { args: [{ 'app-id': '', email: 'a@b.co' }] },
    },
  ],
  [
    'as-token that is no uuid',
    () => ({ 'app-id': app.id, 'as-token': 'abc' }),
    { type: 'param-malformed', message: 'Malformed parameter: ["asUser" "token"]' },
  ],
  [
    'as-token of nobody',
    () => ({ 'app-id': app.id, 'as-token': uuid }),
    { type: 'record-not-found', message: 'Record not found: app-user' },
  ],
])('%s is refused with its own error', async (_situation, headers, body) => {
  const response = await post('/admin/query', { query: { goals: {} } }, headers())
  const filled = JSON.parse(JSON.stringify(body).replace('"app-id":""', `"app-id":"${app.id}"`))

  expect(response.status).toBe(400)
  expect(await json(response)).toMatchObject(filled)
})

test.each([
  [{}, 'param-missing', 'Missing parameter: ["body" "query"]'],
  [{ query: null }, 'param-missing', 'Missing parameter: ["body" "query"]'],
  [{ query: 'goals' }, 'param-malformed', 'Malformed parameter: ["body" "query"]'],
  [{ query: [] }, 'param-malformed', 'Malformed parameter: ["body" "query"]'],
])('the body %j is refused before the token is looked at', async (body, type, message) => {
  const response = await post('/admin/query', body, { 'app-id': app.id })

  expect(await json(response)).toMatchObject({ type, message })
})

test.each([
  ['host', 'evil.example:8888'],
  ['host', '127.0.0.1.evil.example'],
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
])('a request whose %s is %s is refused', async (name, value) => {
  const response = await get('/', { [name]: value })

  expect(response.status).toBe(403)
  expect(await json(response)).toMatchObject({ type: 'forbidden-origin' })
})

test('a page of this machine gets CORS headers, on errors too', async () => {
  const origin = 'http://localhost:5173'
  const refused = await post('/admin/query', {}, { origin })
  const preflight = await http.request('/admin/query', {
    method: 'OPTIONS',
    headers: {
      host: 'localhost:8888',
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,instant-core-version',
    },
  })

  expect(refused.status).toBe(400)
  expect(refused.headers.get('access-control-allow-origin')).toBe(origin)
  expect(preflight.status).toBe(200)
  expect(await preflight.text()).toBe('preflight complete')
  expect(preflight.headers.get('access-control-allow-headers')).toBe(
    'Content-Type, Instant-Core-Version',
  )
  expect(preflight.headers.get('access-control-max-age')).toBe('600')
})

test('what is written can be read back', async () => {
  const steps = [['create', 'goals', uuid, { title: 'Run' }]]
  const written = await json(await post('/admin/transact', { steps }, admin()))
  const read = await json(await post('/admin/query', { query: { goals: {} } }, admin()))

  expect(written).toEqual({ 'tx-id': expect.any(Number) })
  expect(read).toEqual({ goals: [{ id: uuid, title: 'Run' }] })
})

test('a dashboard route tells a foreign admin token from an unknown one', async () => {
  const other = (await json(await post('/dash/apps/ephemeral', { title: 'Other' })))
    .app as typeof app
  const pull = (token: string) =>
    get(`/dash/apps/${app.id}/schema/pull`, { authorization: `Bearer ${token}` })
  const foreign = await pull(other['admin-token'])
  const unknown = await pull(uuid)

  expect(foreign.status).toBe(400)
  expect(await json(foreign)).toMatchObject({ hint: { reason: 'admin-token-mismatch' } })
  expect(unknown.status).toBe(401)
  expect(await json(unknown)).toMatchObject({ message: 'Record not found: instant-user' })
  expect((await pull(app['admin-token'])).status).toBe(200)
})

test('an answer tells the tag of the schema it was made by, to whom prefers that', async () => {
  const dash = `/dash/apps/${app.id}`
  const preferring = { ...admin(), prefer: 'schema-tag' }
  const pulled = async () =>
    (await json(await get(`${dash}/schema/pull`, preferring))).understudy as object
  const ask = async (headers: Record<string, string>) =>
    json(await post('/admin/query', { query: { boxes: {} } }, headers))
  const push = (label: string) => {
    const attrs = { [label]: { valueType: 'any', config: { indexed: false, unique: false } } }
    const schema = { entities: { boxes: { attrs, links: {} } }, links: {} }
    return post(`${dash}/schema/push/apply`, { schema }, admin())
  }
  await push('n')
  const before = await pulled()
  const told = await ask(preferring)
  await push('m')

  expect(before).toEqual({ 'schema-tag': expect.stringMatching(/^[\w-]{43}$/) })
  expect(told).toEqual({ boxes: [], $understudy: before })
  expect(await pulled()).not.toEqual(before)
  expect(await ask(preferring)).toEqual({ boxes: [], $understudy: await pulled() })
  expect(await ask(admin())).toEqual({ boxes: [] })
  expect(await json(await get(`${dash}/schema/pull`, admin()))).not.toHaveProperty('understudy')
})

test('a subscription answers, then tells what a transaction changed', async () => {
  const stop = new AbortController()
  const id = crypto.randomUUID()
  const response = await http.request('/admin/subscribe-query', {
    method: 'POST',
    headers: { host: '127.0.0.1', 'content-type': 'application/json', ...admin() },
    body: JSON.stringify({ query: { todos: { $: { limit: 1 } } } }),
    signal: stop.signal,
  })
  const events = readEvents(response)

  expect(await events.next()).toMatchObject({ value: { op: 'sse-init' } })
  expect(await events.next()).toMatchObject({
    value: { op: 'add-query-ok', result: { todos: [] } },
  })
  await post('/admin/transact', { steps: [['create', 'todos', id, { done: false }]] }, admin())
  expect(await events.next()).toMatchObject({
    value: {
      op: 'refresh-ok',
      computations: [
        {
          'instaql-result': { todos: [{ id, done: false }] },
          'result-meta': {
            'page-info': { todos: { 'has-next-page?': false, 'start-cursor': [id, {}, id, {}] } },
          },
        },
      ],
    },
  })
  stop.abort()
})

test('a body that is too long is refused before it is read', async () => {
  const headers = { host: '127.0.0.1', 'content-type': 'application/json', ...admin() }
  const announced = await http.request('/admin/query', {
    method: 'POST',
    headers: { ...headers, 'content-length': String(10 ** 12) },
    body: '{}',
  })
  expect(announced.status).toBe(400)
  expect(await json(announced)).toMatchObject({
    type: 'validation-failed',
    message: expect.stringContaining('longer than 128 MB'),
  })

  let brought = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      brought += 1
      controller.enqueue(new Uint8Array(1024 * 1024).fill(32))
    },
  })
  const arriving = await http.request('/admin/transact', {
    method: 'POST',
    headers,
    body: endless,
    ...{ duplex: 'half' },
  })
  expect(arriving.status).toBe(400)
  expect(brought).toBeLessThan(140)
})

test('rule documents are kept by version, and read by whoever holds the admin token', async () => {
  const { app: own } = (await json(await post('/dash/apps/ephemeral', { title: 'Own' }))) as {
    app: typeof app
  }
  const token = { authorization: `Bearer ${own['admin-token']}` }
  for (const view of ['true', 'false']) {
    await post(`/dash/apps/${own.id}/rules`, { code: { posts: { allow: { view } } } }, token)
  }

  expect(await json(await get(`/dash/apps/${own.id}/rules/versions`, token))).toEqual({
    versions: [
      {
        version: 2,
        code: { posts: { allow: { view: 'false' } } },
        created_at: expect.stringMatching(/Z$/),
      },
      {
        version: 1,
        code: { posts: { allow: { view: 'true' } } },
        created_at: expect.stringMatching(/Z$/),
      },
    ],
  })
  expect((await get(`/dash/apps/${own.id}/rules/versions`, admin())).status).toBe(400)
})

test('an admin token tells its own app and stands for a developer', async () => {
  const token = { authorization: `Bearer ${app['admin-token']}` }
  expect(await json(await get('/dash/me', token))).toEqual({
    user: {
      id: app.id,
      email: 'admin@localhost',
      created_at: expect.stringMatching(/^[\d-]+T[\d:]+Z$/),
    },
  })
  expect(await json(await get(`/dash/apps/${app.id}`, token))).toEqual({
    app: { id: app.id, title: 'Test' },
  })
  const unknown = await get('/dash/me', { authorization: `Bearer ${uuid}` })
  expect(unknown.status).toBe(401)
})

test('a subscription reads as whoever its caller is by now', async () => {
  const owner = crypto.randomUUID()
  const made = await json(await post('/admin/refresh_tokens', { id: owner }, admin()))
  const token = String((made.user as { refresh_token: string }).refresh_token)
  const write = (...steps: unknown[]) => post('/admin/transact', { steps }, admin())
  await write(['update', '$users', owner, { role: 'clerk' }])
  await post(
    `/dash/apps/${app.id}/rules`,
    { code: { orders: { allow: { view: "auth.role == 'clerk'" } } } },
    admin(),
  )
  const stop = new AbortController()
  const response = await http.request('/admin/subscribe-query', {
    method: 'POST',
    headers: {
      host: '127.0.0.1',
      'content-type': 'application/json',
      'app-id': app.id,
      'as-token': token,
    },
    body: JSON.stringify({ query: { orders: {} } }),
    signal: stop.signal,
  })
  const events = readEvents(response)
  await events.next()
  await events.next()

  await write(['create', 'orders', crypto.randomUUID(), { total: 1 }])
  expect(await events.next()).toMatchObject({
    value: { op: 'refresh-ok', computations: [{ 'instaql-result': { orders: [{ total: 1 }] } }] },
  })
  await write(['update', '$users', owner, { role: 'visitor' }])
  expect(await events.next()).toMatchObject({
    value: { op: 'refresh-ok', computations: [{ 'instaql-result': { orders: [] } }] },
  })
  await post('/admin/sign_out', { id: owner }, admin())
  await write(['update', '$users', owner, { role: 'clerk' }])
  expect(await events.next()).toMatchObject({
    value: { op: 'error', status: 400, message: 'Record not found: app-user' },
  })
  stop.abort()
})

test('a subscription counts what a query does not', async () => {
  const stop = new AbortController()
  const response = await http.request('/admin/subscribe-query', {
    method: 'POST',
    headers: { host: '127.0.0.1', 'content-type': 'application/json', ...admin() },
    body: JSON.stringify({ query: { goals: { $: { aggregate: 'count' } } } }),
    signal: stop.signal,
  })
  const events = readEvents(response)
  await events.next()

  expect(await events.next()).toMatchObject({
    value: { result: { goals: [] }, 'result-meta': { aggregate: { goals: { count: 1 } } } },
  })
  stop.abort()
})

test('the jobs of a push are polled for by their group, and called off by their id', async () => {
  const dash = `/dash/apps/${app.id}`
  const title = (indexed: boolean) => ({
    schema: {
      entities: { shelves: { attrs: { n: { valueType: 'any', config: { indexed } } }, links: {} } },
      links: {},
    },
    supports_background_updates: true,
  })
  await post(`${dash}/schema/push/apply`, title(false), admin())
  const pushed = await json(await post(`${dash}/schema/push/apply`, title(true), admin()))
  const { 'group-id': groupId, jobs } = pushed['indexing-jobs'] as {
    'group-id': string
    jobs: { id: string }[]
  }
  await engine.jobs.settle()

  const group = `${dash}/indexing-jobs/group/${groupId}`
  expect(await json(await get(group, admin()))).toMatchObject({
    jobs: [{ id: jobs[0]?.id, job_type: 'index', job_status: 'completed' }],
  })
  const cancel = (id: string, headers = admin()) =>
    post(`${dash}/indexing-jobs/${id}/cancel`, {}, headers)
  expect(await json(await cancel(jobs[0]?.id ?? ''))).toMatchObject({
    job: { job_status: 'completed' },
  })
  expect((await cancel(uuid)).status).toBe(400)
  expect((await cancel('x')).status).toBe(400)
  expect((await cancel(jobs[0]?.id ?? '', {})).status).toBe(400)
})

function admin(): Record<string, string> {
  return { 'app-id': app.id, authorization: `Bearer ${app['admin-token']}` }
}

function get(path: string, headers: Record<string, string> = {}) {
  return http.request(path, { headers: { host: '127.0.0.1:8888', ...headers } })
}

function post(path: string, body: object, headers: Record<string, string> = {}) {
  return http.request(path, {
    method: 'POST',
    headers: { host: '127.0.0.1:8888', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function json(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}

async function* readEvents(response: Response): AsyncGenerator<object> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      if (event.startsWith('data: ')) yield JSON.parse(event.slice('data: '.length))
    }
  }
}

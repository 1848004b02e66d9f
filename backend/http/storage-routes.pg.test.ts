import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '@/backend/operations/engine'
import { openTestEngine } from '@/backend/operations/testing'
import { sql } from '@/backend/sql/sql'
import { isJsonObject, type JsonObject } from '@/lib/base/json'
import { createHttpApp } from './http-app'

const nobody = '8aa64e4c-64f9-472e-8a61-3fa28870e6cb'
let engine: Engine
let http: ReturnType<typeof createHttpApp>
let app: { id: string; 'admin-token': string }

beforeAll(async () => {
  engine = await openTestEngine()
  http = createHttpApp(engine)
  const made = await send('POST', '/dash/apps/ephemeral', {
    body: '{"title":"Test"}',
    headers: json,
  })
  app = (await made.json()).app
})

afterAll(() => engine.db.close())

describe('what an upload says', () => {
  test('the answer names the row, the bytes and their number', async () => {
    const response = await upload('a.txt', 'hello')

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      data: { id: expect.any(String), 'location-id': expect.any(String), size: 5 },
    })
  })

  test.each(['', 'null', 'undefined'])('the type %j counts as missing', async (type) => {
    await upload('typed', 'x', { 'content-type': type })

    expect(await fileAt('typed')).toMatchObject({ 'content-type': 'application/octet-stream' })
  })

  test('a path in UTF-8 is read as that, and one in Latin-1 as that', async () => {
    await upload(Buffer.from('データ.txt').toString('latin1'), 'x')
    await upload('\xe9t\xe9.txt', 'x')

    expect(await fileAt('データ.txt')).toMatchObject({ size: 1 })
    expect(await fileAt('été.txt')).toMatchObject({ size: 1 })
  })

  test('fewer or more bytes than announced are refused', async () => {
    for (const announced of ['4', '6']) {
      const response = await upload('liar', 'hello', { 'content-length': announced })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({
        message: `Validation failed for file: The request announced ${announced} bytes and brought 5.`,
      })
    }
    expect(await fileAt('liar')).toBeUndefined()
  })
})

const missing = (path: string) => ({ type: 'param-missing', message: `Missing parameter: ${path}` })

describe('errors', () => {
  test.each<[what: string, request: () => Promise<Response>, error: object]>([
    ['no app', () => send('PUT', '/admin/storage/upload'), missing('["headers" "app-id"]')],
    [
      'no token',
      () => send('PUT', '/admin/storage/upload', { headers: { 'app-id': app.id } }),
      missing('["headers" "authorization"]'),
    ],
    [
      'a token of nobody, before anything else is looked at',
      () =>
        send('PUT', '/admin/storage/upload', {
          headers: { 'app-id': app.id, authorization: `Bearer ${nobody}` },
        }),
      { type: 'record-not-found', message: 'Record not found: app-admin-token' },
    ],
    [
      'no path',
      () => send('PUT', '/admin/storage/upload', { headers: admin() }),
      missing('["path"]'),
    ],
    ['an empty path', () => upload('', 'x'), missing('["path"]')],
    [
      'a type that is too long',
      () => upload('x', 'x', { 'content-type': `a/${'b'.repeat(2_000)}` }),
      { type: 'validation-failed', message: 'Value is too large for an indexed attribute.' },
    ],
    [
      'no file to delete',
      () => send('DELETE', '/admin/storage/files', { headers: admin() }),
      missing('["params" "filename"]'),
    ],
    [
      'no file to link to',
      () => send('GET', '/admin/storage/signed-download-url', { headers: admin() }),
      missing('["params" "filename"]'),
    ],
    [
      'no files to delete',
      () => post('/admin/storage/files/delete', {}),
      missing('["body" "filenames"]'),
    ],
    [
      'files that are no list',
      () => post('/admin/storage/files/delete', { filenames: 'a' }),
      { type: 'param-malformed', message: 'Malformed parameter: ["body" "filenames"]' },
    ],
    [
      'files that are no texts',
      () => post('/admin/storage/files/delete', { filenames: ['a', 1] }),
      { type: 'param-malformed' },
    ],
    [
      'no name for an upload URL',
      () => post('/admin/storage/signed-upload-url', {}),
      missing('["body" "filename"]'),
    ],
    [
      'an upload URL for a stream',
      () => post('/admin/storage/signed-upload-url', { filename: '$stream/x' }),
      {
        type: 'validation-failed',
        message: "Validation failed for tx-step: The path for stream files can't be edited.",
      },
    ],
    [
      'an upload URL that nobody has made',
      () => send('PUT', `/storage/${nobody}/consume-upload-url`, { body: 'x' }),
      {
        type: 'record-not-found',
        message: 'Record not found: app-upload-url',
        hint: { 'record-type': 'app-upload-url' },
      },
    ],
    [
      'an upload URL that is none',
      () => send('PUT', '/storage/x/consume-upload-url', { body: 'x' }),
      { type: 'param-malformed', message: 'Malformed parameter: ["params" "upload-id"]' },
    ],
    [
      'a client without an app',
      () => send('POST', '/storage/signed-upload-url', { headers: json, body: '{"filename":"x"}' }),
      missing('["body" "app_id"]'),
    ],
    [
      'a visitor of an app without rules',
      () => send('PUT', '/storage/upload', { headers: { 'app-id': app.id, path: 'x' }, body: 'x' }),
      {
        type: 'permission-denied',
        message: 'Permission denied: not has-storage-permission?',
        hint: { input: ['$files', 'create'], expected: 'has-storage-permission?' },
      },
    ],
    [
      'a visitor of no app',
      () => send('DELETE', `/storage/files?filename=x&app_id=${nobody}`, {}),
      { type: 'permission-denied', hint: { input: ['$files', 'delete'] } },
    ],
    [
      'a visitor who wants to read',
      () => send('GET', `/storage/signed-download-url?filename=x&app_id=${app.id}`, {}),
      { type: 'permission-denied', hint: { input: ['$files', 'view'] } },
    ],
  ])('%s', async (_what, request, error) => {
    const response = await request()

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject(error)
  })

  test('an upload URL is good for five minutes', async () => {
    const { data } = await (
      await post('/admin/storage/signed-upload-url', { filename: 'x' })
    ).json()
    await engine.db.query(sql`update upload_urls set expires_at = now() - interval '1 second'`)
    const late = await send('PUT', new URL(data).pathname, { body: 'x' })

    expect(late.status).toBe(400)
    expect(await late.json()).toMatchObject({
      type: 'record-expired',
      message: 'Record expired: app-upload-url',
    })
  })
})

describe('downloads', () => {
  let url: string

  beforeAll(async () => {
    await upload('text/ten.txt', '0123456789', { 'content-type': 'text/plain' })
    url = String((await fileAt('text/ten.txt'))?.url)
  })

  test('come with what keeps a browser from running them', async () => {
    const { headers } = await get(url)

    expect(headers.get('content-type')).toBe('text/plain')
    expect(headers.get('content-disposition')).toBe(
      `inline; filename="ten.txt"; filename*=UTF-8''ten.txt`,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/)
    expect(headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/)
  })

  test.each(['text/html', 'image/svg+xml'])(
    '%s is never shown, whatever was asked',
    async (type) => {
      await upload('page', '<script>alert(1)</script>', {
        'content-type': type,
        'content-disposition': 'inline',
      })
      const { headers } = await get(String((await fileAt('page'))?.url))

      expect(headers.get('content-type')).toBe(type)
      expect(headers.get('content-disposition')).toMatch(/^attachment;/)
    },
  )

  test('are given in part', async () => {
    const part = await get(url, { range: 'bytes=2-4' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10')
    expect(part.headers.get('content-length')).toBe('3')
    expect(await part.text()).toBe('234')

    const beyond = await get(url, { range: 'bytes=10-' })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-range')).toBe('bytes */10')
  })

  test('are not given again to who has them, nor in part to who has others', async () => {
    const etag = (await get(url)).headers.get('etag') ?? ''

    expect((await get(url, { 'if-none-match': etag })).status).toBe(304)
    expect((await get(url, { range: 'bytes=2-4', 'if-range': etag })).status).toBe(206)
    expect((await get(url, { range: 'bytes=2-4', 'if-range': '"other"' })).status).toBe(200)
  })

  test('have a head', async () => {
    const response = await send('HEAD', pathOf(url))

    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('10')
    expect(await response.text()).toBe('')
  })

  test.each<[what: string, change: (link: URL) => void]>([
    ['no signature', (link) => link.searchParams.delete('signature')],
    ['another signature', (link) => link.searchParams.set('signature', 'A'.repeat(43))],
    ['another end', (link) => link.searchParams.set('expires', '9999999999')],
    ['an end that is no number', (link) => link.searchParams.set('expires', 'never')],
    [
      'another file',
      (link) => {
        link.pathname = `/storage/files/${app.id}/${nobody}`
      },
    ],
    [
      'a path out of here',
      (link) => {
        link.pathname = `/storage/files/${app.id}/..%2f..%2fetc%2fpasswd`
      },
    ],
  ])('%s opens nothing', async (_what, change) => {
    const link = new URL(url)
    change(link)
    const response = await get(link.href)

    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ type: 'invalid-link' })
  })

  test('a link of a file that is gone finds nothing', async () => {
    await upload('gone', 'x')
    const link = String((await fileAt('gone'))?.url)
    await send('DELETE', '/admin/storage/files?filename=gone', { headers: admin() })

    expect((await get(link)).status).toBe(404)
  })

  test('links lead to where the client has asked', async () => {
    const response = await http.request('http://localhost:9999/admin/query', {
      method: 'POST',
      headers: { host: 'localhost:9999', ...json, ...admin() },
      body: '{"query":{"$files":{}}}',
    })
    const { $files } = await response.json()

    expect($files[0].url).toMatch(/^http:\/\/localhost:9999\/storage\/files\//)
  })
})

const json = { 'content-type': 'application/json' }

function admin(): Record<string, string> {
  return { 'app-id': app.id, authorization: `Bearer ${app['admin-token']}` }
}

function send(
  method: string,
  path: string,
  { headers, body }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  return Promise.resolve(
    http.request(path, {
      method,
      headers: { host: '127.0.0.1:8888', ...headers },
      ...(body !== undefined && { body: new TextEncoder().encode(body) }),
    }),
  )
}

function upload(path: string, body: string, headers: Record<string, string> = {}) {
  return send('PUT', '/admin/storage/upload', { headers: { ...admin(), path, ...headers }, body })
}

function post(path: string, body: object): Promise<Response> {
  return send('POST', path, { headers: { ...json, ...admin() }, body: JSON.stringify(body) })
}

function get(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return send('GET', pathOf(url), { headers })
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

async function fileAt(path: string): Promise<JsonObject | undefined> {
  const response = await post('/admin/query', { query: { $files: { $: { where: { path } } } } })
  const [file] = (await response.json()).$files
  return isJsonObject(file) ? file : undefined
}

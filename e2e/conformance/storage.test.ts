import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { init } from '@instantdb/admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeApp, setRules, type TestApp } from '@/e2e/support/make-app'
import { openCore } from '@/e2e/support/open-core'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { must } from '@/lib/base/must'

const limitBytes = 3_000_000

let backend: RunningBackend
let app: TestApp
let db: ReturnType<typeof init>

beforeAll(async () => {
  backend = await startBackend({ env: { FILE_SIZE_LIMIT: '3MB' } })
  app = await makeApp({ apiURI: backend.apiURI })
  db = init(app)
})

afterAll(() => backend?.stop())

describe('uploading', () => {
  test('a buffer is stored, found by a query, and read back through its url', async () => {
    const bytes = Buffer.from('\x89PNG and so on', 'latin1')
    const { data } = await db.storage.uploadFile('photos/demo.png', bytes, {
      contentType: 'image/png',
    })
    const [file] = await filesAt('photos/demo.png')

    expect(file).toMatchObject({
      id: data.id,
      path: 'photos/demo.png',
      size: bytes.length,
      'content-type': 'image/png',
      'content-disposition': 'inline',
      'key-version': 1,
    })
    const response = await fetch(String(file?.url))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
  })

  test('a stream that announces its size is stored', async () => {
    const bytes = Buffer.alloc(2_000_000, 'stream ')
    await db.storage.uploadFile('big.bin', Readable.from(inChunks(bytes)), {
      fileSize: bytes.length,
    })
    const [file] = await filesAt('big.bin')

    expect(file?.['content-type']).toBe('application/octet-stream')
    expect(sha256(await download(file?.url))).toBe(sha256(bytes))
  })

  test('an empty file is a file', async () => {
    await db.storage.uploadFile('empty', Buffer.alloc(0))
    const [file] = await filesAt('empty')

    expect(file?.size).toBe(0)
    expect(await download(file?.url)).toHaveLength(0)
  })

  test('a path that is taken keeps its id and gets new bytes; the old link is dead', async () => {
    const first = await db.storage.uploadFile('same.txt', Buffer.from('one'))
    const [before] = await filesAt('same.txt')
    const second = await db.storage.uploadFile('same.txt', Buffer.from('another'), {
      contentType: 'text/plain',
      contentDisposition: 'attachment; filename="other.txt"',
    })
    const [after] = await filesAt('same.txt')

    expect(second.data.id).toBe(first.data.id)
    expect(after).toMatchObject({
      size: 7,
      'content-type': 'text/plain',
      'content-disposition': 'attachment; filename="other.txt"',
    })
    expect(after?.['location-id']).not.toBe(before?.['location-id'])
    expect((await fetch(String(before?.url))).status).toBe(404)
    expect((await download(after?.url)).toString()).toBe('another')
  })

  test.each([
    '../../../../etc/passwd',
    '/etc/passwd',
    '..\\..\\windows',
    'C:\\x',
    'a/../../b',
    'name with spaces & ünïcode.txt',
    '.',
  ])('the path %j is a name like any other', async (path) => {
    await db.storage.uploadFile(path, Buffer.from(path))
    const [file] = await filesAt(path)

    expect((await download(file?.url)).toString()).toBe(path)
    expect(await db.storage.delete(path)).toEqual({ data: { id: file?.id } })
  })

  test('any text is a path through an upload URL, which is the only way the SDK has for it', async () => {
    const path = 'フォルダ/👩‍👩‍👧‍👦 \u202e.txt'
    expect(await db.storage.upload(path, Buffer.from('hi'), { contentType: 'text/plain' })).toBe(
      true,
    )

    expect((await download(await db.storage.getDownloadUrl(path))).toString()).toBe('hi')
    expect(await filesAt(path)).toMatchObject([{ 'content-type': 'text/plain', size: 2 }])
  })
})

describe('refusing', () => {
  test('what is too large is refused by what it announces', async () => {
    await expect(
      db.storage.uploadFile('large', Buffer.alloc(limitBytes + 1)),
    ).rejects.toMatchObject({ status: 400, body: { type: 'validation-failed' } })
    expect(await filesAt('large')).toEqual([])
  })

  test('and by what it brings when it announces nothing', async () => {
    const response = await fetch(`${app.apiURI}/admin/storage/upload`, {
      method: 'PUT',
      headers: { ...adminHeaders(), path: 'large' },
      body: Readable.toWeb(Readable.from(inChunks(Buffer.alloc(limitBytes * 2)))) as BodyInit,
      duplex: 'half',
    } as RequestInit)

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ type: 'validation-failed' })
    expect(await filesAt('large')).toEqual([])
  })

  test('an upload that stops half-way leaves no row and no bytes', async () => {
    const before = await storedBlobs()
    await halfUpload({ path: 'half', announced: 500_000, sent: 200_000 })
    await eventually(async () => {
      expect((await storedBlobs()).filter((name) => !before.includes(name))).toEqual([])
    })

    expect(await filesAt('half')).toEqual([])
    expect(backend.errors()).toBe('')
  })

  test('nor does one that keeps a file in its place', async () => {
    await db.storage.uploadFile('kept', Buffer.from('the old bytes'))
    await halfUpload({ path: 'kept', announced: 9_000, sent: 10 })
    const [file] = await filesAt('kept')

    expect((await download(file?.url)).toString()).toBe('the old bytes')
  })

  test('a path of 10 kB is too large for a unique attribute', async () => {
    await expect(db.storage.uploadFile('x'.repeat(10_000), Buffer.from('x'))).rejects.toMatchObject(
      {
        status: 400,
        message: 'Value is too large for a unique attribute.',
      },
    )
  })

  test('a path of a stream is not for uploads', async () => {
    await expect(db.storage.uploadFile('$stream/x', Buffer.from('x'))).rejects.toMatchObject({
      status: 400,
      body: { type: 'validation-failed' },
      message: "Validation failed for tx-step: The path for stream files can't be edited.",
    })
  })

  test('NUL and halves of characters are in no path', async () => {
    await expect(db.storage.upload('a\0b', Buffer.from('x'))).rejects.toMatchObject({
      status: 400,
      message: 'A value in the transaction contains null bytes, which cannot be stored.',
    })
    await expect(db.storage.upload('a\ud800', Buffer.from('x'))).rejects.toMatchObject({
      status: 400,
    })
    await expect(db.storage.delete('a\0b')).rejects.toMatchObject({ status: 400 })
    await expect(db.storage.getDownloadUrl('a\0b')).rejects.toMatchObject({ status: 400 })
  })

  test('an upload URL works once', async () => {
    const { data: url } = await postJson('/admin/storage/signed-upload-url', { filename: 'once' })
    const put = () => fetch(String(url), { method: 'PUT', body: 'x' })

    expect((await put()).status).toBe(200)
    const again = await put()
    expect(again.status).toBe(400)
    expect(await again.json()).toMatchObject({
      type: 'record-not-found',
      message: 'Record not found: app-upload-url',
    })
  })

  test('a token of nobody uploads nothing', async () => {
    const stranger = init({ ...app, adminToken: crypto.randomUUID() })
    await expect(stranger.storage.uploadFile('x', Buffer.from('x'))).rejects.toMatchObject({
      status: 400,
      body: { type: 'record-not-found' },
    })
  })
})

describe('deleting', () => {
  test('one, several and those that are not there', async () => {
    const ids = []
    for (const path of ['d/1', 'd/2', 'd/3']) {
      ids.push((await db.storage.uploadFile(path, Buffer.from(path))).data.id)
    }

    expect(await db.storage.delete('d/1')).toEqual({ data: { id: ids[0] } })
    expect(await db.storage.delete('d/1')).toEqual({ data: { id: null } })
    expect(await db.storage.deleteMany(['d/3', 'd/nope', 'd/2'])).toEqual({
      data: { ids: [ids[2], ids[1]] },
    })
  })

  test('a row deleted by a transaction takes its bytes along, after a while', async () => {
    const { data } = await db.storage.uploadFile('gone', Buffer.from('gone'))
    const [file] = await filesAt('gone')
    const location = String(file?.['location-id'])
    expect(await storedBlobs()).toContain(location)
    await db.transact(must(db.tx.$files?.[data.id], 'every id has a transaction').delete())

    expect((await fetch(String(file?.url))).status).toBe(404)
    await eventually(async () => expect(await storedBlobs()).not.toContain(location))
  })
})

test('the list that is deprecated names every file', async () => {
  await db.storage.uploadFile('listed.txt', Buffer.from('12345'))
  const files = await db.storage.list()

  expect(files.find(({ name }) => name === 'listed.txt')).toMatchObject({
    key: expect.stringMatching(new RegExp(`^${app.appId}/[0-9a-f]{2}/[0-9a-f-]{36}$`)),
    size: 5,
    etag: null,
    last_modified: null,
  })
})

describe('as a user or a guest', () => {
  const rules = {
    $files: {
      allow: {
        create: "data.path.startsWith('mine/')",
        delete: "data.path == 'mine/deletable'",
        view: "auth.id != null && data.path.startsWith('mine/')",
      },
    },
  }
  const denied = (action: string) => ({
    status: 400,
    message: 'Permission denied: not has-storage-permission?',
    body: {
      type: 'permission-denied',
      hint: { input: ['$files', action], expected: 'has-storage-permission?' },
    },
  })

  test('without rules nothing is allowed', async () => {
    const bare = init(await makeApp({ apiURI: backend.apiURI })).asUser({ guest: true })
    await expect(bare.storage.uploadFile('x', Buffer.from('x'))).rejects.toMatchObject(
      denied('create'),
    )
  })

  test('rules see the path, and an overwrite is a creation', async () => {
    await setRules(app, rules)
    const guest = db.asUser({ guest: true })
    await guest.storage.uploadFile('mine/a', Buffer.from('1'))
    await guest.storage.uploadFile('mine/a', Buffer.from('2'))
    await guest.storage.uploadFile('mine/deletable', Buffer.from('2'))

    await expect(guest.storage.uploadFile('b', Buffer.from('x'))).rejects.toMatchObject(
      denied('create'),
    )
    await expect(guest.storage.delete('mine/a')).rejects.toMatchObject(denied('delete'))
    await expect(guest.storage.deleteMany(['mine/deletable', 'mine/a'])).rejects.toMatchObject(
      denied('delete'),
    )
    expect(await filesAt('mine/deletable')).toHaveLength(1)
    await guest.storage.delete('mine/deletable')
    expect(await filesAt('mine/deletable')).toEqual([])
    expect(await guest.query({ $files: {} })).toEqual({ $files: [] })
  })

  test('the client of web pages uploads, links and deletes as whoever has its token', async () => {
    await setRules(app, rules)
    const core = openCore(app)
    const visitor = await core.storage.uploadFile('mine/core.txt', new Blob(['hello']) as File, {
      contentType: 'text/plain',
    })
    expect(visitor).toMatchObject({ data: { id: expect.any(String) } })
    await expect(core.storage.getDownloadUrl('mine/core.txt')).rejects.toMatchObject(denied('view'))

    await core.auth.signInWithToken(await db.auth.createToken({ email: 'user@example.com' }))
    const url = await core.storage.getDownloadUrl('mine/core.txt')
    expect((await download(url)).toString()).toBe('hello')
    expect(await core.storage.upload('mine/legacy.txt', new Blob(['legacy']) as File)).toBe(true)
    await expect(core.storage.delete('mine/core.txt')).rejects.toMatchObject(denied('delete'))
    core.shutdown()
  })
})

test('a browser is let in: preflights and errors carry CORS headers', async () => {
  const origin = 'http://localhost:3000'
  const preflight = await fetch(`${app.apiURI}/storage/upload`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'app-id,app_id,authorization,content-type,path',
    },
  })
  expect(preflight.status).toBe(200)
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
  expect(preflight.headers.get('access-control-allow-headers')).toBe(
    'App-Id, App_id, Authorization, Content-Type, Path',
  )
  const refused = await fetch(`${app.apiURI}/storage/upload`, {
    method: 'PUT',
    headers: { origin, 'app-id': app.appId, path: 'nope', authorization: 'Bearer undefined' },
    body: 'x',
  })
  expect(refused.status).toBe(400)
  expect(refused.headers.get('access-control-allow-origin')).toBe(origin)
})

test('a subscription shows files with the same link until they change', async () => {
  await db.storage.uploadFile('live.txt', Buffer.from('1'))
  const answers: unknown[] = []
  const query = { $files: { $: { where: { path: 'live.txt' }, fields: ['url' as const] } } }
  const subscription = db.subscribeQuery(query, (payload) => {
    answers.push(payload.type === 'ok' ? payload.data.$files : payload)
  })
  await eventually(async () => expect(answers).toHaveLength(1))
  const [first] = (await db.query(query)).$files

  expect(Object.keys(first ?? {}).sort()).toEqual(['id', 'url'])
  expect(answers[0]).toEqual([first])
  await db.storage.uploadFile('live.txt', Buffer.from('2'))
  await eventually(async () => expect(answers).toHaveLength(2))
  subscription.close()
})

type FileRow = Readonly<Record<string, string | number>>

async function filesAt(path: string): Promise<readonly FileRow[]> {
  const { $files } = await db.query({ $files: { $: { where: { path } } } })
  return $files as unknown as readonly FileRow[]
}

async function download(url: unknown): Promise<Buffer> {
  const response = await fetch(String(url))
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer())
}

/** Names of all files below the folder where bytes are kept. */
async function storedBlobs(): Promise<readonly string[]> {
  const entries = await readdir(join(backend.dataDir, 'files'), {
    recursive: true,
    withFileTypes: true,
  })
  return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort()
}

/** Sends part of what it announces and hangs up. */
async function halfUpload({
  path,
  announced,
  sent,
}: {
  path: string
  announced: number
  sent: number
}) {
  const { hostname, port } = new URL(app.apiURI)
  const headers = {
    host: `${hostname}:${port}`,
    ...adminHeaders(),
    path,
    'content-length': String(announced),
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const socket = connect(Number(port), hostname)
  socket.write(`PUT /admin/storage/upload HTTP/1.1\r\n${head.join('')}\r\n`)
  socket.write(Buffer.alloc(sent, 'x'))
  const drafts = join(backend.dataDir, 'files/drafts')
  await eventually(async () => expect(await readdir(drafts)).toHaveLength(1))
  socket.destroy()
  await eventually(async () => expect(await readdir(drafts)).toEqual([]))
}

function adminHeaders() {
  return { 'app-id': app.appId, authorization: `Bearer ${app.adminToken}` }
}

async function postJson(path: string, body: object): Promise<{ data: unknown }> {
  const response = await fetch(app.apiURI + path, {
    method: 'POST',
    headers: { ...adminHeaders(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as { data: unknown }
}

function* inChunks(bytes: Buffer): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Tries again for as long as the sweeping of bytes may take. */
async function eventually(check: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

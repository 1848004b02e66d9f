import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EngineError } from '@/backend/engine-error'
import { sql } from '@/backend/sql/sql'
import { readApp } from '@/backend/store/read-app'
import { shareSecret } from '@/backend/store/secrets'
import type { Json, JsonObject } from '@/lib/base/json'
import { admin } from '../actor'
import { createEngine, type Engine } from '../engine'
import { runQuery } from '../query'
import { pushRules } from '../rules'
import { startSweeping } from '../start-sweeping'
import { createTestApp, define, openTestEngine, refusal, type TestApp, uuid } from '../testing'
import { deleteFiles } from './delete-files'
import { sweepBlobs } from './sweep-blobs'
import { type Uploaded, uploadFile } from './upload-file'

let engine: Engine
let app: TestApp
let appId: string

beforeAll(async () => {
  engine = await openTestEngine()
})

beforeEach(async () => {
  app = await createTestApp(engine)
  appId = (await readApp(engine.db, app.app)).id
})

afterAll(() => engine.db.close())

describe('url', () => {
  beforeEach(async () => {
    const file = {
      forward: { on: 'posts', has: 'one', label: 'file' },
      reverse: { on: '$files', has: 'many', label: 'posts' },
    }
    await app.push(define({ posts: { title: 'string' } }, { file }))
    const { id } = await upload('a.png')
    await app.write(
      ['update', 'posts', uuid(1), { title: 'x' }],
      ['link', 'posts', uuid(1), { file: id }],
    )
  })

  const link = expect.stringMatching(
    /^\/storage\/files\/[0-9a-f-]{36}\/[0-9a-f-]{36}\?expires=\d+&signature=[\w-]{43}$/,
  )

  test('is there at every level', async () => {
    expect(await app.read({ $files: {} })).toMatchObject({ $files: [{ path: 'a.png', url: link }] })
    expect(await app.read({ posts: { file: {} } })).toMatchObject({
      posts: [{ file: [{ url: link }] }],
    })
    expect(await app.read({ $files: { posts: { file: {} } } })).toMatchObject({
      $files: [{ url: link, posts: [{ file: [{ url: link }] }] }],
    })
  })

  test('is a field like any other', async () => {
    const [id] =
      (await app.read({ $files: {} })).$files?.map((file) => (file as JsonObject).id) ?? []
    const read = (fields: readonly string[]) => app.read({ $files: { $: { fields } } })

    expect(await read(['url'])).toEqual({ $files: [{ id, url: link }] })
    expect(await read(['path'])).toEqual({ $files: [{ id, path: 'a.png' }] })
  })

  test('is never stored, so nothing is found by it', async () => {
    const [file] = (await app.read({ $files: {} })).$files ?? []
    const where = { url: String((file as JsonObject).url) }

    expect(await app.read({ $files: { $: { where } } })).toEqual({ $files: [] })
  })

  test('is for those who may see the row and the field', async () => {
    const read = (rules: JsonObject) => readAsGuest(rules, { $files: {} })
    const view = "data.path == 'a.png' && data.url == null"

    expect(await read({ $files: { allow: { view: 'false' } } })).toEqual([])
    expect(await read({ $files: { allow: { view } } })).toMatchObject([{ url: link }])
    const [bare] = await read({ $files: { allow: { view }, fields: { url: 'false' } } })
    expect(bare).not.toHaveProperty('url')
    expect(bare).toHaveProperty('path')
  })
})

describe('bytes without a row', () => {
  test('of a file that was replaced or deleted go with the next sweep, and no others', async () => {
    const [first, kept] = [await upload('a'), await upload('kept')]
    const second = await upload('a')
    await sweepBlobs(engine)
    expect(await kinds(first, second, kept)).toEqual(['gone', 'there', 'there'])

    await deleteFiles(engine, caller(), ['a'])
    expect(await kinds(second)).toEqual(['there'])
    await sweepBlobs(engine)
    expect(await kinds(second, kept)).toEqual(['gone', 'there'])
    expect(await countNoted()).toBe(1)
  })

  test('of a file that a transaction takes along go too', async () => {
    const file = {
      forward: { on: 'posts', has: 'one', label: 'file' },
      reverse: { on: '$files', has: 'one', label: 'post', onDelete: 'cascade' },
    }
    await app.push(define({ posts: { title: 'string' } }, { file }))
    const uploaded = await upload('a')
    await app.write(
      ['update', 'posts', uuid(1), { title: 'x' }],
      ['link', 'posts', uuid(1), { file: uploaded.id }],
    )
    await app.write(['delete', 'posts', uuid(1)])
    await sweepBlobs(engine)

    expect(await app.read({ $files: {} })).toEqual({ $files: [] })
    expect(await kinds(uploaded)).toEqual(['gone'])
  })

  test('stay when the transaction fails', async () => {
    const uploaded = await upload('a')
    await refusal(
      app.write(['delete', '$files', uploaded.id], ['update', '$files', uuid(1), { size: 1 }]),
    )
    await sweepBlobs(engine)

    expect(await kinds(uploaded)).toEqual(['there'])
  })

  test('of an app that is gone go at the next start', async () => {
    const uploaded = await upload('a')
    await engine.db.query(sql`delete from apps where id = ${appId}`)
    await startSweeping(engine)()

    expect(await kinds(uploaded)).toEqual(['gone'])
  })

  test('of an upload nobody knows the end of go after a day', async () => {
    const key = { appId, locationId: crypto.randomUUID() }
    await engine.files.blobs.put(key, chunks('x'))
    await engine.db.query(sql`
      insert into blobs (app_id, location_id, created_at)
      values (${appId}, ${key.locationId}, now() - interval '23 hours')`)
    await sweepBlobs(engine)
    expect(await engine.files.blobs.get(key, null)).not.toBeNull()
    await engine.db.query(sql`update blobs set created_at = created_at - interval '2 hours'`)
    await sweepBlobs(engine)

    expect(await engine.files.blobs.get(key, null)).toBeNull()
  })
})

describe('an upload', () => {
  test('that fails in the store, or in the transaction, leaves nothing', async () => {
    const failing = {
      ...engine,
      files: {
        ...engine.files,
        blobs: { ...engine.files.blobs, put: () => Promise.reject(new Error('disk full')) },
      },
    }
    await expect(uploadFile(failing, caller(), toUpload('a'))).rejects.toThrow('disk full')

    // As if it had taken more than a day.
    async function* slow() {
      yield Buffer.from('x')
      await engine.db.query(sql`delete from blobs where app_id = ${appId}`)
    }
    await expect(uploadFile(engine, caller(), { ...toUpload('a'), bytes: slow() })).rejects.toThrow(
      'given up',
    )
    await sweepBlobs(engine)
    expect(await countNoted()).toBe(0)
    expect(await app.read({ $files: {} })).toEqual({ $files: [] })
  })

  test('of several at once to one path, one row comes, with the bytes of the last', async () => {
    const uploads = await Promise.all(Array.from({ length: 8 }, () => upload('same')))
    await sweepBlobs(engine)
    const { $files = [] } = await app.read({ $files: {} })

    expect(new Set(uploads.map(({ id }) => id)).size).toBe(1)
    expect($files).toHaveLength(1)
    expect((await kinds(...uploads)).filter((kind) => kind === 'there')).toHaveLength(1)
    const last = uploads.find(
      ({ locationId }) => locationId === ($files[0] as JsonObject)['location-id'],
    )
    expect(last && (await kinds(last))).toEqual(['there'])
  })

  test('keeps what the app has written about the file', async () => {
    await app.push(define({ $files: { description: 'string optional' } }))
    const { id } = await upload('a')
    await app.write(['update', '$files', id, { description: 'mine', path: 'b' }])
    await upload('b')

    expect(await app.read({ $files: {} })).toMatchObject({
      $files: [{ id, path: 'b', description: 'mine' }],
    })
  })

  test('larger than allowed ends at the limit', async () => {
    const small = createEngine(engine.db, { files: { ...engine.files, sizeLimitBytes: 100 } })
    let taken = 0
    async function* endless() {
      for (;;) {
        taken += 30
        yield Buffer.alloc(30)
      }
    }
    const error = await refusal(uploadFile(small, caller(), { ...toUpload('a'), bytes: endless() }))

    expect(error).toBeInstanceOf(EngineError)
    expect(error.message).toBe(
      'Validation failed for file: The file is larger than the 100 bytes that are allowed.',
    )
    expect(taken).toBe(120)
  })
})

test('the first of all processes makes the secret', async () => {
  const made = await Promise.all(
    [1, 2, 3].map((n) => shareSecret(engine.db, 'test', Buffer.from([n]))),
  )

  expect(new Set(made.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1)
})

function caller() {
  return { app: app.app, appId, actor: admin, requestOrigin: { ip: null, origin: null } }
}

function toUpload(path: string) {
  const unsaid = { contentType: null, contentDisposition: null, announcedBytes: null }
  return { path, ...unsaid, bytes: chunks('hello') }
}

function upload(path: string): Promise<Uploaded> {
  return uploadFile(engine, caller(), toUpload(path))
}

async function* chunks(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

function kinds(...uploads: readonly Uploaded[]): Promise<readonly string[]> {
  return Promise.all(
    uploads.map(async ({ locationId }) => {
      const bytes = await engine.files.blobs.get({ appId, locationId }, null)
      return bytes ? 'there' : 'gone'
    }),
  )
}

async function countNoted(): Promise<number> {
  const rows = await engine.db.query<{ n: number }>(
    sql`select count(*) as n from blobs where app_id = ${appId}`,
  )
  return rows[0]?.n ?? 0
}

async function readAsGuest(rules: JsonObject, query: JsonObject): Promise<readonly Json[]> {
  await pushRules(engine, { app: app.app, body: { code: rules } })
  const answer = await runQuery(engine, {
    app: app.app,
    actor: { kind: 'guest' },
    requestOrigin: { ip: null, origin: null },
    query,
    isInferred: false,
    wantsPageInfo: false,
  })
  return answer.tree.$files ?? []
}

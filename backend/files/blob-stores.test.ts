import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BlobKey, BlobStore } from './blob-store'
import { openLocalBlobStore } from './local-blob-store'
import { createMemoryBlobStore } from './memory-blob-store'
import { openS3BlobStore } from './s3-blob-store'
import { type FakeS3, startFakeS3 } from './testing/fake-s3'

let folder: string
let s3: FakeS3

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-blobs-'))
  s3 = await startFakeS3()
})

afterAll(async () => {
  await s3?.close()
  await rm(folder, { recursive: true })
})

const stores: readonly (readonly [string, () => Promise<BlobStore>, () => Promise<number>])[] = [
  ['memory', async () => createMemoryBlobStore(), async () => 0],
  [
    'a folder',
    () => openLocalBlobStore({ folder, isOwn: false }),
    async () => (await readdir(join(folder, 'drafts'))).length,
  ],
  [
    'a bucket',
    () => openS3BlobStore({ ...s3Settings, endpoint: s3.url }),
    async () => s3.openUploads(),
  ],
]

const s3Settings = {
  bucket: 'files',
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'secret' },
}

describe.each(stores)('%s', (_name, open, leftovers) => {
  test('gives back what it was given, as a whole and in part', async () => {
    const store = await open()
    const key = newKey()
    await store.put(key, chunks(Buffer.from('abc'), Buffer.from('defg')))

    expect(await read(store, key)).toBe('abcdefg')
    expect(await read(store, key, { start: 2, end: 4 })).toBe('cde')
    expect(await read(store, key, { start: 6, end: 6 })).toBe('g')
  })

  test('keeps nothing at all, and much', async () => {
    const store = await open()
    const [empty, large] = [newKey(), newKey()]
    await store.put(empty, chunks())
    const part = Buffer.alloc(1_000_000, 'x')
    await store.put(large, chunks(...Array.from({ length: 12 }, () => part)))

    expect(await read(store, empty)).toBe('')
    expect((await read(store, large))?.length).toBe(12_000_000)
  })

  test.each([0, 12])('after %i chunks a source that fails leaves nothing', async (count) => {
    const store = await open()
    const key = newKey()
    async function* failing(): AsyncIterable<Uint8Array> {
      for (let n = 0; n < count; n++) yield Buffer.alloc(1_000_000)
      throw new Error('hung up')
    }

    await expect(store.put(key, failing())).rejects.toThrow('hung up')
    expect(await store.get(key, null)).toBeNull()
    expect(await leftovers()).toBe(0)
  })

  test('forgets what is deleted, and never minds what is not there', async () => {
    const store = await open()
    const key = newKey()
    await store.put(key, chunks(Buffer.from('x')))
    await store.delete(key)
    await store.delete(key)

    expect(await store.get(key, null)).toBeNull()
  })

  test('one app does not see the bytes of another', async () => {
    const store = await open()
    const key = newKey()
    await store.put(key, chunks(Buffer.from('x')))

    expect(await store.get({ ...key, appId: crypto.randomUUID() }, null)).toBeNull()
  })
})

test('only the owner can read a folder and what is in it', async () => {
  const store = await openLocalBlobStore({ folder, isOwn: false })
  const key = newKey()
  await store.put(key, chunks(Buffer.from('x')))
  const file = join(folder, key.appId, key.locationId.slice(0, 2), key.locationId)

  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600')
  expect(((await stat(join(folder, key.appId))).mode & 0o777).toString(8)).toBe('700')
})

test('what was left half written goes with the next start, or after a day where others write', async () => {
  const drafts = join(folder, 'drafts')
  await writeFile(join(drafts, 'old'), 'x')
  await writeFile(join(drafts, 'new'), 'x')
  await utimes(join(drafts, 'old'), 0, Date.now() / 1000 - 25 * 3600)
  await openLocalBlobStore({ folder, isOwn: false })
  expect(await readdir(drafts)).toEqual(['new'])
  await openLocalBlobStore({ folder, isOwn: true })

  expect(await readdir(drafts)).toEqual([])
})

test.each(['../x', 'a/b', '', '..'])('a folder takes no key such as %j', async (locationId) => {
  const store = await openLocalBlobStore({ folder, isOwn: false })
  const key = { appId: crypto.randomUUID(), locationId }

  await expect(store.put(key, chunks())).rejects.toThrow('two uuids')
  await expect(store.get(key, null)).rejects.toThrow('two uuids')
  await expect(store.delete(key)).rejects.toThrow('two uuids')
})

test('a bucket that refuses says so', async () => {
  const store = await openS3BlobStore({ ...s3Settings, bucket: 'forbidden', endpoint: s3.url })

  await expect(store.put(newKey(), chunks(Buffer.from('x')))).rejects.toThrow()
  await expect(store.get(newKey(), null)).rejects.toThrow()
})

function newKey(): BlobKey {
  return { appId: crypto.randomUUID(), locationId: crypto.randomUUID() }
}

async function* chunks(...parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* parts
}

async function read(
  store: BlobStore,
  key: BlobKey,
  range: { start: number; end: number } | null = null,
): Promise<string | null> {
  const bytes = await store.get(key, range)
  return bytes && new Response(bytes).text()
}

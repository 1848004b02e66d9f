import { readdir } from 'node:fs/promises'
import { init } from '@instantdb/admin'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FakeS3, startFakeS3 } from '@/backend/files/testing/fake-s3'
import { makeApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'

let s3: FakeS3
let backend: RunningBackend

beforeAll(async () => {
  s3 = await startFakeS3()
  const env = {
    S3_BUCKET: 'files',
    S3_ENDPOINT: s3.url,
    S3_ACCESS_KEY_ID: 'test',
    S3_SECRET_ACCESS_KEY: 'secret',
  }
  backend = await startBackend({ env })
})

afterAll(async () => {
  await backend?.stop()
  await s3?.close()
})

test('files are kept in a bucket, and not in the data directory', async () => {
  const db = init(await makeApp({ apiURI: backend.apiURI }))
  // More than one part of an upload.
  const bytes = Buffer.alloc(11_000_000, 'any bytes ')
  await db.storage.uploadFile('a.bin', bytes)
  const [file] = (await db.query({ $files: {} })).$files
  const url = String(file?.url)

  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true)
  const part = await fetch(url, { headers: { range: 'bytes=10999995-' } })
  expect(part.status).toBe(206)
  expect(await part.text()).toBe('ytes ')
  expect(await readdir(backend.dataDir)).not.toContain('files')
})

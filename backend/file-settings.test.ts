import { expect, test } from 'vitest'
import { readFileSettings } from './file-settings'

test('without any variable files are in the data directory and may have a gigabyte', () => {
  expect(readFileSettings({})).toEqual({ sizeLimitBytes: 1_000_000_000, s3: null })
})

test.each([
  ['1', 1],
  ['500 kB', 500_000],
  ['200MB', 200_000_000],
  ['2gb', 2_000_000_000],
])('a limit of %s is %i bytes', (text, bytes) => {
  expect(readFileSettings({ FILE_SIZE_LIMIT: text }).sizeLimitBytes).toBe(bytes)
})

test('a bucket is enough for AWS, and others have an endpoint and keys', () => {
  expect(readFileSettings({ S3_BUCKET: 'b' }).s3).toEqual({
    bucket: 'b',
    region: 'us-east-1',
    endpoint: null,
    credentials: null,
  })
  const env = {
    S3_BUCKET: 'b',
    S3_ENDPOINT: 'http://127.0.0.1:9000',
    S3_REGION: 'eu',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'secret',
  }
  expect(readFileSettings(env).s3).toEqual({
    bucket: 'b',
    region: 'eu',
    endpoint: 'http://127.0.0.1:9000',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  })
})

test.each([
  [{ FILE_SIZE_LIMIT: 'much' }, 'FILE_SIZE_LIMIT=much is not a size'],
  [{ FILE_SIZE_LIMIT: '0' }, 'is not a size'],
  [{ FILE_SIZE_LIMIT: '-1' }, 'is not a size'],
  [{ FILE_SIZE_LIMIT: '1 TB' }, 'is not a size'],
  [{ S3_BUCKET: 'b', S3_ENDPOINT: 'minio:9000' }, 'is not an address'],
  [{ S3_BUCKET: 'b', S3_SECRET_ACCESS_KEY: 'hush' }, 'belong together'],
])('%j is refused in one line', (env, message) => {
  expect(() => readFileSettings(env)).toThrow(message)
  expect(() => readFileSettings(env)).not.toThrow(/hush/)
})

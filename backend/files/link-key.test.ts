import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLinkKey } from './link-key'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-key-'))
})

afterAll(() => rm(folder, { recursive: true }))

test('all who ask get the one key, which only its owner can read', async () => {
  const file = join(folder, 'new', 'links.key')
  const keys = await Promise.all(Array.from({ length: 5 }, () => readLinkKey(file)))

  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1)
  expect(keys[0]).toHaveLength(32)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(folder, 'new'))).toEqual(['links.key'])
})

test('a file that is no key is named', async () => {
  const file = join(folder, 'damaged.key')
  await writeFile(file, 'short')

  await expect(readLinkKey(file)).rejects.toThrow(/damaged\.key is not a key of 32 bytes/)
})

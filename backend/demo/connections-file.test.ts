import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type Connection,
  connectionsFile,
  moveConnections,
  readConnections,
  saveConnection,
} from './connections-file'

const first: Connection = { title: 'One', apiURI: 'http://a', appId: '1', adminToken: 'secret' }
const second: Connection = { title: 'Two', apiURI: 'http://b', appId: '2', adminToken: 'secret' }

let dataDir: string
let file: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'understudy-connections-'))
  file = connectionsFile(dataDir)
})

afterEach(() => rm(dataDir, { recursive: true }))

test('there are no connections before the first one', async () => {
  expect(await readConnections(file)).toEqual([])
})

test('a connection is added behind the others, and replaces one to the same app', async () => {
  await saveConnection(file, first)
  await saveConnection(file, second)
  await saveConnection(file, { ...first, title: 'New' })

  expect(await readConnections(file)).toEqual([{ ...first, title: 'New' }, second])
})

test('only the owner may read it, and no draft is left beside it', async () => {
  await saveConnection(file, first)

  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(dataDir)).toEqual(['connections.json'])
})

test('only the named apps move to another address', async () => {
  await saveConnection(file, first)
  await saveConnection(file, second)
  await moveConnections(file, { appIds: new Set(['1']), apiURI: 'http://c' })

  expect((await readConnections(file)).map(({ apiURI }) => apiURI)).toEqual([
    'http://c',
    'http://b',
  ])
})

test('a file that is something else is not overwritten', async () => {
  await writeFile(file, '[]')

  await expect(saveConnection(file, first)).rejects.toThrow('is not a list of connections')
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listConnections, requireConnection, toSummary } from './connection'

const appId = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'
const adminToken = 'a-secret-token'

let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'understudy-'))
  file = join(folder, 'connections.json')
  for (const name of ['INSTANT_API_URI', 'INSTANT_APP_ID', 'INSTANT_APP_ADMIN_TOKEN']) {
    vi.stubEnv(name, '')
  }
  vi.stubEnv('UNDERSTUDY_CONNECTIONS_FILE', file)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('without environment and file there is no connection, which is not a failure', async () => {
  expect(await listConnections()).toEqual({ connections: [], problem: null })
})

test('the environment names one app and wins over the file', async () => {
  await write([{ title: 'From file', apiURI: 'http://127.0.0.1:8888', appId, adminToken }])
  vi.stubEnv('INSTANT_API_URI', 'http://127.0.0.1:9999/')
  vi.stubEnv('INSTANT_APP_ID', appId.toUpperCase())
  vi.stubEnv('INSTANT_APP_ADMIN_TOKEN', adminToken)

  expect(await listConnections()).toMatchObject({
    connections: [{ apiURI: 'http://127.0.0.1:9999', appId }],
  })
})

test('a half environment says what is missing', async () => {
  vi.stubEnv('INSTANT_APP_ID', 'not-an-id')
  const { problem } = await listConnections()
  expect(problem).toContain('INSTANT_APP_ID, INSTANT_APP_ADMIN_TOKEN')
})

test('the file is read again when it changes', async () => {
  await write([])
  expect(await listConnections()).toEqual({ connections: [], problem: null })
  await write([{ title: 'Demo', apiURI: 'http://127.0.0.1:8888', appId, adminToken }])
  expect(await listConnections()).toMatchObject({ connections: [{ title: 'Demo' }] })
})

test('a file that cannot be read says why', async () => {
  vi.stubEnv('UNDERSTUDY_CONNECTIONS_FILE', folder)
  const { problem } = await listConnections()
  expect(problem).toContain('UNDERSTUDY_CONNECTIONS_FILE names cannot be read (EISDIR)')
})

test('a broken file says where, and tells no token', async () => {
  await write([{ title: 'Demo', apiURI: 'ftp://x', appId, adminToken }])
  const list = await listConnections()

  expect(list.connections).toEqual([])
  expect(list.problem).toContain('connections.0.apiURI')
  expect(list.problem).not.toContain(adminToken)
})

test('an unknown app is refused by name', async () => {
  await expect(requireConnection(appId)).rejects.toThrow(appId)
})

test('what a browser is told of a connection holds no token', () => {
  const summary = toSummary({ title: 'Demo', apiURI: 'http://127.0.0.1:8888', appId, adminToken })
  expect(Object.values(summary)).not.toContain(adminToken)
})

async function write(connections: readonly object[]): Promise<void> {
  await writeFile(file, JSON.stringify({ connections }))
}

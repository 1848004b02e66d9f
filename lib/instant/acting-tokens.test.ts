import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  adminToken,
  type RecordingBackend,
  startRecordingBackend,
  tokenOf,
} from '@/e2e/support/recording-backend'
import { leaveAll, withActingToken } from './acting-tokens'
import type { Connection } from './connection'

const id = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'

let backend: RecordingBackend
let connection: Connection

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  backend = await startRecordingBackend()
  backend.users.set(id, { id, email: null })
  const appId = crypto.randomUUID()
  connection = { title: null, apiURI: backend.apiURI, appId, adminToken }
})

afterEach(async () => {
  vi.useRealTimers()
  await leaveAll()
  await backend.close()
})

test('a token is used for a minute from when it was made, and signed out then', async () => {
  expect(await use()).toBe(tokenOf(id))
  vi.advanceTimersByTime(59_000)
  await use()
  expect(routes()).toEqual([made])

  vi.advanceTimersByTime(1_000)
  await vi.waitFor(() => expect(routes()).toEqual([made, ended]))
  await use()
  expect(routes()).toEqual([made, ended, made])
})

test('what is under way keeps its token, while others begin with a new one', async () => {
  let end = () => {}
  const lasting = withActingToken(
    connection,
    id,
    () =>
      new Promise<void>((resolve) => {
        end = resolve
      }),
  )
  await vi.waitFor(() => expect(routes()).toEqual([made]))
  vi.advanceTimersByTime(60_000)
  await use()
  expect(routes()).toEqual([made, made])

  end()
  await lasting
  expect(routes()).toEqual([made, made, ended])
})

test('those who ask at once share one token', async () => {
  await Promise.all([use(), use(), use()])

  expect(routes()).toEqual([made])
})

test('after a failure the next request begins with a new token', async () => {
  const failing = withActingToken(connection, id, () => Promise.reject(new Error('refused')))
  await expect(failing).rejects.toThrow('refused')
  await use()

  expect(routes()).toEqual([made, ended, made])
})

const made = 'POST /admin/refresh_tokens'
const ended = 'POST /admin/sign_out'

function use(): Promise<string> {
  return withActingToken(connection, id, async (token) => token)
}

function routes(): readonly string[] {
  return backend.asked.map(({ route }) => route)
}

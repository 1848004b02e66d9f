import { EventEmitter } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { HttpBindings } from '@hono/node-server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StoreError } from '../store/store-error'
import { type GuardedEngine, startGuardedEngine } from './guarded-engine'

const file = new URL('./testing/fake-engine.mjs', import.meta.url)
let engine: GuardedEngine

beforeEach(async () => {
  engine = await startGuardedEngine({ timeoutMs: 1_500, file })
  // Of the test that breaks it; unhandled, it would end the run.
  engine.broken.catch(() => undefined)
})
afterEach(() => engine.close().catch(() => undefined))

test('what the engine is stuck with is answered with a timeout, and what comes later by a new one', async () => {
  const stuck = ask('/stuck')
  const write = ask('/admin/transact')

  expect(await (await stuck).json()).toEqual({
    type: 'timeout',
    message: 'The query took too long to complete.',
    hint: null,
  })
  expect((await stuck).status).toBe(429)
  expect(await (await write).json()).toMatchObject({
    message: 'The transaction took too long to complete.',
  })
  expect(await (await ask('/after')).text()).toBe('/after')
}, 20_000)

test('what is asked while an engine is ended waits for the next one', async () => {
  const terminate = Worker.prototype.terminate
  const asked: Promise<Response>[] = []
  const slow = vi.spyOn(Worker.prototype, 'terminate').mockImplementation(async function (
    this: Worker,
  ) {
    slow.mockRestore()
    // Requests come from outside, so never in the very turn in which an engine is given up.
    await new Promise(setImmediate)
    asked.push(ask('/read'), ask('/write', {}, { body: '{}', method: 'POST' }))
    await new Promise((resolve) => setTimeout(resolve, 200))
    return terminate.call(this)
  })

  expect((await ask('/stuck')).status).toBe(429)
  expect(asked).toHaveLength(2)
  const answers = await Promise.all(asked)
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
}, 20_000)

test('a beginning that the engine gets stuck with is told in words', async () => {
  const begun = engine.begin('http://127.0.0.1/stuck')
  await expect(begun).rejects.toThrow('took too long')
  await expect(begun).rejects.toBeInstanceOf(StoreError)
  expect(await (await ask('/after')).text()).toBe('/after')
}, 20_000)

test('what waits too long for the next engine is told whether it was a write', async () => {
  const refusal = { type: 'timeout', message: 'The transaction took too long to complete.' }
  const terminate = Worker.prototype.terminate
  let late: Promise<Response> | undefined
  const slow = vi.spyOn(Worker.prototype, 'terminate').mockImplementation(async function (
    this: Worker,
  ) {
    slow.mockRestore()
    await new Promise(setImmediate)
    late = ask('/admin/transact')
    await late
    return terminate.call(this)
  })

  await ask('/stuck')
  expect(await (await late)?.json()).toMatchObject(refusal)
}, 20_000)

test('a page of another origin can read that it took too long', async () => {
  const answer = await ask('/stuck', { origin: 'http://localhost:3000' })
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:3000')
}, 20_000)

test('a stream breaks with the engine it comes from', async () => {
  const reader = (await ask('/stream')).body?.getReader()
  expect((await reader?.read())?.value).toEqual(new Uint8Array([1]))
  const next = reader?.read()
  await ask('/stuck')
  await expect(next).rejects.toThrow('restarted')
}, 20_000)

test('an engine that breaks by itself is not started again', async () => {
  void ask('/broken')
  await expect(engine.broken).rejects.toThrow('a bug')
})

function ask(
  path: string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<Response> {
  const incoming = { socket: { remoteAddress: '127.0.0.1' } }
  const bindings = { incoming, outgoing: new EventEmitter() } as unknown as HttpBindings
  return engine.fetch(new Request(`http://127.0.0.1${path}`, { headers, ...init }), bindings)
}

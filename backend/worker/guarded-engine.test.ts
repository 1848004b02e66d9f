import { EventEmitter } from 'node:events'
import type { HttpBindings } from '@hono/node-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
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

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const incoming = { socket: { remoteAddress: '127.0.0.1' } }
  const bindings = { incoming, outgoing: new EventEmitter() } as unknown as HttpBindings
  return engine.fetch(new Request(`http://127.0.0.1${path}`, { headers }), bindings)
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApp, type TestApp } from '@/e2e/support/make-app'
import { type RunningBackend, startBackend } from '@/e2e/support/start-backend'
import { ask, transact } from '@/e2e/support/transact'

let backend: RunningBackend
let app: TestApp

/** All know all, so a tree of eight levels has more branches than there is memory. */
const people = Array.from({ length: 40 }, () => crypto.randomUUID())
const branches = Array.from({ length: 8 }).reduce<object>((inner) => ({ knows: inner }), {})

beforeAll(async () => {
  backend = await startBackend()
  app = await makeApp({
    apiURI: backend.apiURI,
    schema: {
      entities: { people: { attrs: {}, links: {} } },
      links: {
        knows: {
          forward: { on: 'people', has: 'many', label: 'knows' },
          reverse: { on: 'people', has: 'many', label: 'knownBy' },
        },
      },
    },
  })
  await transact(
    app,
    people.flatMap((id) => [
      ['update', 'people', id, { name: 'Ada' }],
      ['link', 'people', id, { knows: people }],
    ]),
  )
}, 120_000)

afterAll(() => backend.stop())

test('an answer that would not fit memory is given up, and the store goes on', async () => {
  const answer = await send('/admin/query', { query: { people: branches } })

  expect(answer.status).toBe(429)
  expect(await answer.json()).toEqual({
    type: 'timeout',
    message: 'The query took too long to complete.',
    hint: null,
  })
  expect((await ask(app, { people: {} })).people).toHaveLength(people.length)
})

function send(path: string, body: object): Promise<Response> {
  return fetch(`${app.apiURI}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'app-id': app.appId,
      authorization: `Bearer ${app.adminToken}`,
    },
    body: JSON.stringify(body),
  })
}

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { adminToken, identityOf } from '@/e2e/support/recording-backend'
import { admin, guest, type Identity } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import { leaveAll, leaveUser } from './acting-tokens'
import { actAs } from './client'
import type { Connection } from './connection'

const id = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'
const token = '5b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0002'
const user: Identity = { kind: 'user', id }

interface Asked {
  readonly route: string
  readonly as: string | null
  readonly body: string
}

let server: Server
let connection: Connection
let asked: Asked[]
let found: object | null
let refuses: boolean
let makesUsers: boolean

beforeEach(async () => {
  asked = []
  found = null
  refuses = false
  makesUsers = false
  server = createServer(async (request, response) => {
    const body = await text(request)
    const path = (request.url ?? '').split('?')[0]
    asked.push({ route: `${request.method} ${path}`, as: identityOf(request), body })
    const [status, answer] = answerTo(path ?? '')
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const apiURI = `http://127.0.0.1:${port}`
  connection = { title: null, apiURI, appId: id, adminToken }
})

afterEach(async () => {
  await leaveAll()
  await new Promise((resolve) => server.close(resolve))
})

test.each([
  [admin, 'admin'],
  [guest, 'as-guest'],
] as const)('%j is asked as %s and looks nobody up', async (identity, as) => {
  await query(identity)

  expect(asked.map(({ route, as: how }) => [route, how])).toEqual([['POST /admin/query', as]])
})

test('a user with an e-mail is looked up first and acted as by that e-mail', async () => {
  found = { id, email: 'ada@example.com' }
  await query(user)

  expect(asked.map(({ route, as }) => [route, as])).toEqual([
    ['GET /admin/users', 'admin'],
    ['POST /admin/query', 'as-email ada@example.com'],
  ])
})

test.each([
  ['no e-mail', null],
  ['an e-mail that a header would trim into another', ' ada@example.com'],
  ['an e-mail that the backend spells in lower case', 'Ada@example.com'],
])('a user with %s is acted as by a token', async (_, email) => {
  found = { id, email }
  await query(user)

  expect(asked.map(({ route, as }) => [route, as])).toEqual([
    ['GET /admin/users', 'admin'],
    ['POST /admin/refresh_tokens', 'admin'],
    ['POST /admin/query', `as-token ${token}`],
  ])
})

test('a token is used again for a while, but each time it is asked whether the user is there', async () => {
  found = { id, email: null }
  await query(user)
  await query(user)
  expect(routes().filter((route) => route === 'POST /admin/refresh_tokens')).toHaveLength(1)

  found = null
  await expect(query(user)).rejects.toMatchObject({ failure: { code: 'identity-unavailable' } })
  expect(routes().filter((route) => route === 'POST /admin/query')).toHaveLength(2)
})

test('a token is signed out when its user is left, once nothing is under way with it', async () => {
  found = { id, email: null }
  const answers = [query(user), query(user)]
  await expect.poll(routes).toContain('POST /admin/query')
  await leaveUser(connection, id)
  await Promise.all(answers)
  await expect.poll(routes).toContain('POST /admin/sign_out')

  expect(routes().filter((route) => route === 'POST /admin/sign_out')).toHaveLength(1)
  expect(routes().lastIndexOf('POST /admin/query')).toBeLessThan(
    routes().indexOf('POST /admin/sign_out'),
  )
  expect(asked.at(-1)?.body).toBe(JSON.stringify({ refresh_token: token }))
})

test('a user whom asking for a token has made is deleted again, and nothing is asked as them', async () => {
  found = { id, email: null }
  makesUsers = true

  await expect(query(user)).rejects.toMatchObject({ failure: { code: 'identity-unavailable' } })
  expect(routes()).toEqual([
    'GET /admin/users',
    'POST /admin/refresh_tokens',
    'DELETE /admin/users',
  ])
})

test('for a user there is not, no token is made and nothing is asked', async () => {
  await expect(query(user)).rejects.toMatchObject({ failure: { code: 'identity-unavailable' } })
  expect(asked.map(({ route }) => route)).toEqual(['GET /admin/users'])
})

test('an answer about another user is not acted on', async () => {
  found = { id: token, email: 'eve@example.com' }

  await expect(query(user)).rejects.toMatchObject({ failure: { code: 'identity-unavailable' } })
  expect(asked).toHaveLength(1)
})

test('a request that is refused gives its token back, too, and does not tell it', async () => {
  found = { id, email: null }
  refuses = true
  const error = await query(user).catch((reason: unknown) => reason)

  expect(error).toBeInstanceOf(InstantError)
  expect(JSON.stringify(error instanceof InstantError && error.failure)).not.toContain(token)
  expect(JSON.stringify(error instanceof InstantError && error.failure)).toContain('(a token)')
  expect(asked.at(-1)?.route).toBe('POST /admin/sign_out')
})

function routes(): readonly string[] {
  return asked.map(({ route }) => route)
}

function query(identity: Identity): Promise<unknown> {
  return actAs(connection, identity, (client) => client.query({ notes: {} }))
}

function answerTo(path: string): [status: number, answer: object] {
  switch (path) {
    case '/admin/users':
      return [200, { user: found }]
    case '/admin/refresh_tokens':
      return [200, { user: { id, refresh_token: token }, created: makesUsers }]
    case '/admin/query':
      return refuses
        ? [400, { type: 'record-not-found', message: `No ${token}`, hint: { args: [token] } }]
        : [200, { notes: [] }]
    default:
      return [200, { ok: true }]
  }
}

import { unstable_doesMiddlewareMatch } from 'next/experimental/testing/server'
import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { api, pages } from '@/lib/model/routes'
import { config, proxy } from './proxy'

const appId = '0b2f8a3e-6f0d-4c55-9d1e-0a8a4a5f0001'
const data = api.schema(appId)
const host = 'localhost:3000'

test.each(['localhost', host, '127.0.0.1:3000', '[::1]:3000'])(
  'a read of data under the name %s is not held up',
  (name) => expect(runs(data, { host: name })).toBe(false),
)

test.each<[Record<string, string>]>([
  [{ host: 'evil.example' }],
  [{ host: 'evil.example:3000' }],
  [{ host: 'localhost.evil.example' }],
  [{ host: 'evil-localhost' }],
  [{ host: '127a0b0c1' }],
  [{ host: '127.0.0.1.evil.example:80' }],
  [{ host: 'evil.example#127.0.0.1' }],
  [{ host: 'localhost:3000@evil.example' }],
  [{ host, origin: 'https://evil.example' }],
  [{ host, origin: 'null' }],
])('a read of data that is foreign is refused before its route is asked: %j', (headers) => {
  expect(runs(data, headers)).toBe(true)
  expect(ask(data, headers).status).toBeGreaterThanOrEqual(400)
})

test('it runs before every page, whoever asks', () => {
  for (const path of [
    pages.home(),
    pages.data({ appId, as: { kind: 'admin' } }),
    '/api',
    '/api/x',
  ]) {
    expect(runs(path, { host }), path).toBe(true)
    expect(ask(path, { host }).headers.get('content-security-policy'), path).toContain('nonce-')
  }
  expect(runs('/_next/static/chunks/x.js', { host: 'evil.example' })).toBe(false)
})

function runs(path: string, headers: Record<string, string>): boolean {
  return unstable_doesMiddlewareMatch({ config, url: `http://localhost:3000${path}`, headers })
}

function ask(path: string, headers: Record<string, string>) {
  return proxy(new NextRequest(`http://localhost:3000${path}`, { headers }))
}

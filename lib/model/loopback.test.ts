import { expect, test } from 'vitest'
import { refuseForeign } from './loopback'

test.each([
  ['localhost:3000', null],
  ['localhost', null],
  ['127.0.0.1:8080', null],
  ['[::1]:3000', null],
  ['LOCALHOST:3000', null],
  ['localhost:3000', 'http://localhost:3000'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['[::1]:3000', 'http://[::1]:3000'],
  ['localhost:3000', 'https://localhost:3000'],
])('%s with origin %s may pass', (host, origin) => {
  expect(refuseForeign(headers({ host, origin }))).toBeNull()
})

test.each([
  [null, 421],
  ['', 421],
  ['evil.example', 421],
  ['evil.example:3000', 421],
  ['localhost.evil.example', 421],
  ['127.0.0.1.nip.io', 421],
  ['localhost:3000@evil.example', 421],
  ['localhost:999999', 421],
  ['192.168.1.10:3000', 421],
  ['0.0.0.0:3000', 421],
])('the host %s is refused with %i', (host, status) => {
  expect(refuseForeign(headers({ host, origin: null }))?.status).toBe(status)
})

test.each([
  ['https://evil.example'],
  ['http://localhost:4000'],
  ['http://127.0.0.1:3000'],
  ['http://localhost'],
  ['null'],
  [''],
  ['file://localhost:3000'],
])('the origin %s is refused by localhost:3000', (origin) => {
  expect(refuseForeign(headers({ host: 'localhost:3000', origin }))?.status).toBe(403)
})

test('a refusal prints the stranger’s text as data, cut short', () => {
  const refusal = refuseForeign(headers({ host: `${'a'.repeat(500)}"`, origin: null }))
  expect(refusal?.message.length).toBeLessThan(220)
})

function headers(given: { host: string | null; origin: string | null }): Headers {
  const result = new Headers()
  if (given.host !== null) result.set('host', given.host)
  if (given.origin !== null) result.set('origin', given.origin)
  return result
}

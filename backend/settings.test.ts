import { expect, test } from 'vitest'
import { readSettings } from './settings'

test('without any variable it is PGlite in .data on loopback port 8888', () => {
  expect(readSettings({})).toEqual({
    host: '127.0.0.1',
    port: 8888,
    dataDir: '.data',
    databaseUrl: undefined,
    timeoutMs: 30_000,
    hasDemo: false,
  })
})

test.each([
  [{ BACKEND_HOST: '0.0.0.0' }, 'not a loopback address'],
  [{ BACKEND_HOST: 'example.com' }, 'not a loopback address'],
  [{ BACKEND_PORT: 'http' }, 'BACKEND_PORT=http is not a port'],
  [{ BACKEND_PORT: '70000' }, 'BACKEND_PORT=70000 is not a port'],
])('%j is refused in one line', (env, message) => {
  expect(() => readSettings(env)).toThrow(message)
})

import { expect, test } from 'vitest'
import { isLoopbackHost } from './loopback'

test.each([
  ['localhost', true],
  ['localhost:3000', true],
  ['LOCALHOST:3000', true],
  ['127.0.0.1:8888', true],
  ['[::1]:8888', true],
  ['::1', true],
  ['', false],
  ['evil.example', false],
  ['localhost.evil.example:8888', false],
  ['127.0.0.1.evil.example', false],
  ['127.0.0.1:8888@evil.example', false],
  ['0.0.0.0:8888', false],
  ['192.168.1.5:8888', false],
])('%j is a loopback host: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected)
})

import { expect, test } from 'vitest'
import { normalizeEmail } from './email'

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['  Ada+Tag@Example.COM\n', 'ada+tag@example.com'],
  ["o'hara.x_1@mail.co.uk", "o'hara.x_1@mail.co.uk"],
])('%j is the address %s', (text, expected) => {
  expect(normalizeEmail(text)).toBe(expected)
})

test.each([
  '',
  'ada',
  'ada@',
  '@example.com',
  'ada@localhost',
  'ada@example.com, bob@example.com',
  'ada@example.com\nbcc: bob@example.com',
  'Ada <ada@example.com>',
  'a..b@example.com',
  'ada@-example.com',
  // The Kelvin sign lower-cases to an ASCII k.
  '\u212Aim@example.com',
  `${'a'.repeat(250)}@example.com`,
  null,
  7,
  { email: 'ada@example.com' },
])('%j is no address', (value) => {
  expect(normalizeEmail(value)).toBeNull()
})

test('a long text that is no address is refused at once', () => {
  const startedAt = performance.now()
  normalizeEmail(`a@${'a-'.repeat(126)}`)
  normalizeEmail(`a@${'a'.repeat(1_000_000)}`)
  expect(performance.now() - startedAt).toBeLessThan(100)
})

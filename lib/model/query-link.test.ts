import { expect, test } from 'vitest'
import { fingerprintOf, maxLinkLength, parseQueryLink, toKeptLink, toQueryLink } from './query-link'

test.each([
  '{ goals: {} }',
  "{ $users: { $: { where: { name: 'Zoë 😀 漢字' } } } }",
  '\uFEFF{ bom: {} }',
  'a',
  'ab',
  'abc',
  'a\nb\r\n\tc',
])('%j comes back from a URL as it was', (text) => {
  const link = toQueryLink(text)

  expect(link).toMatch(/^[\w-]+$/)
  expect(parseQueryLink(link)).toEqual({ kind: 'text', text })
})

test.each(['%', 'a b', 'ab+/', 'a', '_-8', '~', '~../x', 'gICA'])(
  '%j is broken, and says so instead of throwing',
  (link) => {
    expect(parseQueryLink(link)).toEqual({ kind: 'broken' })
  },
)

test.each([undefined, null, ''])('%j is no link', (link) => {
  expect(parseQueryLink(link)).toEqual({ kind: 'none' })
})

test('the longest text fits, one more byte does not', () => {
  const longest = 'é'.repeat((maxLinkLength * 3) / 8)

  expect(toQueryLink(longest)?.length).toBe(maxLinkLength)
  expect(toQueryLink(`${longest}a`)).toBe(null)
})

test('a kept text is named by its fingerprint', () => {
  const fingerprint = fingerprintOf('{ goals: {} }')

  expect(fingerprintOf('{ goals: {} }')).toBe(fingerprint)
  expect(fingerprintOf('{ goals: [] }')).not.toBe(fingerprint)
  expect(parseQueryLink(toKeptLink(fingerprint))).toEqual({ kind: 'kept', fingerprint })
})

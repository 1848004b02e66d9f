import { expect, test } from 'vitest'
import { queryTokens } from './query-tokens'

test.each<[text: string, pieces: string[]]>([
  ["{ a: 'b' }", ['{', 'a', ':', 'b', '}']],
  ['{a:-1.5e3,}', ['{', 'a', ':', '-1.5e3', ',', '}']],
  ["{'a.b': \"it's\"}", ['{', 'a.b', ':', "it's", '}']],
  ["'a\\'b'", ["a'b"]],
  ['a // b\nc /* d */ e', ['a', '// b', 'c', '/* d */', 'e']],
  ["'// no comment'", ['// no comment']],
  ["{ a: 'unfinished\n b: 1", ['{', 'a', ':', 'unfinished', 'b', ':', '1']],
])('%j is cut into %j', (text, pieces) => {
  expect(queryTokens(text).map((token) => token.text)).toEqual(pieces)
})

test.each<[text: string, closed: boolean]>([
  ["'a'", true],
  ["'a", false],
  ["'", false],
  ["'a\\'", false],
  ["'a\\\\'", true],
  ['/* a', false],
  ['/* a */', true],
  ['/*/', false],
])('whether %j is closed: %s', (text, closed) => {
  expect(queryTokens(text)[0]?.closed).toBe(closed)
})

test('every piece knows where it stands', () => {
  const text = `{ "a": [1, 'b'], /* c */ d: {} }`

  for (const { start, end, kind, text: meaning } of queryTokens(text)) {
    expect(text.slice(start, end)).toContain(meaning)
    if (kind !== 'string') expect(text.slice(start, end)).toBe(meaning)
  }
})

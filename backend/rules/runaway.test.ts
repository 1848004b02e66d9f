import { expect, test } from 'vitest'
import { complaintsOf, outcomeOf } from './testing/rule-inputs'

const thousand = `[${'0,'.repeat(99)}0]`
const tooMany = { error: 'the rule takes too many steps' }

test.each<[what: string, text: string]>([
  ['nested macros', `a.all(x, a.all(y, a.all(z, a.all(w, x == y || z == w))))`],
  ['nested maps', 'a.map(x, a.map(y, a.map(z, a.map(w, w)))) == []'],
  ['comparison of large lists', 'a.all(x, a.all(y, a.map(z, z) == a.map(z, z)))'],
  ['long texts in a pattern', "a.all(x, a.all(y, !b.matches('(x+x+)+y')))"],
  ['time zones', "a.all(x, a.all(y, request.time.getHours('Europe/Berlin') >= 0))"],
])('%s are stopped by cost', (_what, text) => {
  const started = performance.now()
  const binds = { a: thousand, b: "''.join()" }
  const result = outcomeOf(
    text.replace('b.m', "a.map(x, 'xxxxxxxxxxxxxxxx').join().m"),
    {},
    { binds },
  )

  expect(result).toEqual(tooMany)
  expect(performance.now() - started).toBeLessThan(5000)
})

test('being stopped is not absorbed by an operator', () => {
  expect(
    outcomeOf('a.all(x, a.all(y, a.all(z, z == 0))) || true', {}, { binds: { a: thousand } }),
  ).toEqual(tooMany)
})

test('texts that double end before the memory does', () => {
  const doubling = Array.from({ length: 40 }, (_, index) => [
    `t${index + 1}`,
    `t${index} + t${index}`,
  ])
  const binds = { t0: "'0123456789'", ...Object.fromEntries(doubling) }

  expect(outcomeOf('t40.size() > 0', {}, { binds })).toEqual(tooMany)
})

test('replacing is linear, and stops at a megabyte', () => {
  const binds = { a: thousand, b: "a.map(x, '0123456789').join()", c: "b.replace('', b)" }

  expect(outcomeOf("'aXbXc'.replace('X', '-', 1) + 'ab'.replace('', '.')")).toBe('a-bXc.a.b.')
  expect(outcomeOf("c.replace('1', c).size() > 0", {}, { binds })).toEqual({
    error: 'text too long',
  })
})

test.each([
  [
    'a long text',
    `'${'x'.repeat(11_000)}' == 'x'`,
    "Rule expressions can't be longer than 10240 bytes.",
  ],
  ['many brackets', `${'('.repeat(4000)}1${')'.repeat(4000)}`, /nested deeper/],
  ['many selections', `data${'.a'.repeat(4000)}`, /nested deeper/],
  ['many additions', `1${'+1'.repeat(4000)} == 1`, /nested deeper/],
  ['many choices', `${'true ? 1 : '.repeat(800)} 1`, /nested deeper/],
  ['many signs', `${'- '.repeat(4000)} 1 == 1`, /./],
  ['brackets that do not match', '((((', /Syntax error/],
  ['an unclosed text', "'abc", /Syntax error/],
  ['nothing', '', /Syntax error/],
  ['a picture', '🙂', /Syntax error/],
  ['statements', 'let x = 1; x', /Syntax error/],
])('%s is refused before it is run', (_what, text, message) => {
  expect(complaintsOf(text)).toEqual([
    typeof message === 'string' ? message : expect.stringMatching(message),
  ])
})

test('a long chain of alternatives is no deep nesting', () => {
  expect(outcomeOf(Array.from({ length: 600 }, () => 'false').join(' || '))).toBe(false)
})

test('a pattern that is no pattern is an error of the rule', () => {
  expect(outcomeOf("'x'.matches('(')")).toEqual({ error: expect.any(String) })
})

test('a long chain of binds is refused', () => {
  const chain = Array.from({ length: 5000 }, (_, at) => [`b${at}`, `b${at + 1}`])
  const binds = { ...Object.fromEntries(chain), b5000: 'true' }

  expect(complaintsOf('b0', { binds })).toEqual([expect.stringContaining('more than 100 steps')])
})

test('a row nested deeper than the stack is an error of the rule', () => {
  const data = JSON.parse(`{"deep": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`)
  const tooDeep = { error: 'the values are nested too deeply' }

  expect(outcomeOf('data.deep == 1', { data })).toEqual(tooDeep)
  expect(outcomeOf('timestamp(0) == data.deep + duration("1s")', { data })).toEqual(tooDeep)
  expect(outcomeOf('data.other == 1', { data })).toBe(false)
})

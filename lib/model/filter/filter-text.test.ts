import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '@/lib/base/json'
import { type Filter, type FilterGroup, type FilterTerm, filterOperators } from './filter'
import { parseFilter } from './parse-filter'
import { printFilter } from './print-filter'

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(),
)
const term: fc.Arbitrary<FilterTerm> = fc
  .record({
    path: fc.array(
      fc.oneof(fc.constantFrom('or', 'off', 'null', 'name'), fc.string({ minLength: 1 })),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    operator: fc.constantFrom(...filterOperators),
    one: scalar,
    many: fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 3 }),
    isOff: fc.boolean(),
  })
  .map(({ path, operator, one, many, isOff }) => ({
    kind: 'term',
    path,
    operator,
    value: operator === 'in' ? many : operator.startsWith('is') ? null : one,
    isOff,
  }))

function group(depth: number): fc.Arbitrary<FilterGroup> {
  const part: fc.Arbitrary<Filter> = depth === 0 ? term : fc.oneof(term, group(depth - 1))
  return fc.record({
    kind: fc.constant('group'),
    join: fc.constantFrom('and', 'or'),
    of: fc.array(part, { minLength: 2, maxLength: 4 }),
    isOff: fc.boolean(),
  })
}

test('what is printed is read as the same filter', () => {
  const root = group(2).map((each) => ({ ...each, isOff: false }))
  fc.assert(
    fc.property(root, (filter) => {
      const text = printFilter(filter)
      fc.pre(text.length <= 4000)
      // JSON has no negative zero.
      expect(parseFilter(text)).toEqual({ kind: 'filter', filter })
    }),
    { numRuns: 500 },
  )
})

test('any text is read or has a problem at a place in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const parsed = parseFilter(text)
      if (parsed.kind === 'filter') return
      const { start, end, message } = parsed.problem
      expect(message).not.toBe('')
      expect(start).toBeLessThanOrEqual(end)
      expect(end).toBeLessThanOrEqual(text.length)
    }),
  )
})

test.each<[text: string, same: string]>([
  ['status = open', 'status = "open"'],
  ['a = 1 AND b = 2 OR c = 3', '(a = 1 and b = 2) or c = 3'],
  ['a = 1 and (b = 2 or c = 3)', 'a = 1 and (b = 2 or c = 3)'],
  ['((a = 1))', 'a = 1'],
  ['tag in [red, "dark blue", 3]', 'tag in ("red", "dark blue", 3)'],
  ['a = null and b != null', 'a is null and b is not null'],
  ["owner.name ilike '%O\\'Neill%'", 'owner.name ilike "%O\'Neill%"'],
  ['due < 2026-01-01', 'due < "2026-01-01"'],
  ['a<>1 and b==2', 'a != 1 and b = 2'],
  ['off a = 1 and off (b = 1 or c = 1)', 'off a = 1 and off (b = 1 or c = 1)'],
  ['off = 1', '`off` = 1'],
  ['`a b`.c = 1', '`a b`.c = 1'],
  ['done = TRUE', 'done = true'],
  ['zip = 007', 'zip = "007"'],
  ['', ''],
])('%s is %s', (text, same) => {
  const parsed = parseFilter(text)
  expect(parsed.kind === 'filter' && printFilter(parsed.filter)).toBe(same)
})

test.each<[text: string, message: string, place: string]>([
  [
    'a',
    'Expected =, !=, <, <=, >, >=, in, like, ilike or “is null” here, where the text ends.',
    '',
  ],
  ['a = ', 'Expected a value here, where the text ends.', ''],
  ['a = 1 b = 2', 'Expected “and” or “or” here, in place of “b”.', 'b'],
  ['(a = 1', 'Expected “)” here, where the text ends.', ''],
  ['= 1', 'Expected the name of an attribute here, in place of “=”.', '='],
  ['a..b = 1', 'Expected the name of an attribute here, in place of “a..b”.', 'a..b'],
  ['a = "open', 'A quote is not closed.', '"open'],
  ['a not in (1)', 'There is no “not …”: write != for each value, joined by “and”.', 'not'],
  ['a in 1', 'Expected a list such as ("a", "b") here, in place of “1”.', '1'],
  ['a > null', '“>” compares with a value, and null is none.', 'null'],
])('%s is refused where it goes wrong', (text, message, place) => {
  const parsed = parseFilter(text)
  if (parsed.kind !== 'wrong') throw new Error(`${text} was read`)
  const { start, end, message: said } = parsed.problem
  expect([said, text.slice(start, end)]).toEqual([message, place])
})

test('a text that is too long, or nested too deep, is refused', () => {
  expect(messageOf('a = 1 or '.repeat(500))).toMatch('at most 4000 characters')
  expect(messageOf(`${'('.repeat(30)}a = 1${')'.repeat(30)}`)).toMatch('at most 20 deep')
})

function messageOf(text: string): Json {
  const parsed = parseFilter(text)
  return parsed.kind === 'wrong' ? parsed.problem.message : null
}

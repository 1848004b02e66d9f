import { describe, expect, test } from 'vitest'
import type { JsonObject } from '@/lib/base/json'
import { isImpossible } from './is-impossible'
import { allOf, always, anyOf, never, not, type RuleFilter } from './rule-filter'
import { programOf, scopeOf } from './testing/rule-inputs'
import { toFilter } from './to-filter'

const isNull = (label: string): RuleFilter => ({ kind: 'isNull', label })
const equals = (label: string, value: string | number | boolean): RuleFilter => ({
  kind: 'equals',
  label,
  value,
})
const linked = (path: string, value: string): RuleFilter => ({ kind: 'linked', path, value })

const me = { id: 'me', role: 'owner' }

describe('what becomes a filter', () => {
  test.each<[text: string, filter: RuleFilter]>([
    ['true', always],
    ['false', never],
    ['null', never],
    ["auth.id != null && auth.role in ['owner', 'admin']", always],
    ['data.ownerId == auth.id', equals('ownerId', 'me')],
    ['auth.id == data.ownerId', equals('ownerId', 'me')],
    ["data['ownerId'] == auth.id", equals('ownerId', 'me')],
    ['data.likes == 2', equals('likes', 2)],
    [
      'data.isPublished == true || data.ownerId == auth.id',
      anyOf(equals('isPublished', true), equals('ownerId', 'me')),
    ],
    [
      'data.deletedAt == null && !(data.kind == "secret")',
      allOf(isNull('deletedAt'), not(equals('kind', 'secret'))),
    ],
    ["data.kind in ['a', 'b', null]", anyOf(equals('kind', 'a'), equals('kind', 'b'))],
    ["auth.id in data.ref('members.user.id')", linked('members.user.id', 'me')],
    [
      "'x' in data.ref('tags.name') || isMine",
      anyOf(linked('tags.name', 'x'), equals('ownerId', 'me')),
    ],
    ['cel.bind(id, auth.id, data.ownerId == id)', equals('ownerId', 'me')],
    ['has(data.x) && data.x != 1', not(equals('x', 1))],
    ['data.flag', allOf(not(isNull('flag')), not(equals('flag', false)))],
    ['auth.role == "owner" ? data.a == 1 : data.b == 1', equals('a', 1)],
    ["data.a == 1 || request.time > timestamp('2020-01-01')", always],
    ['data.bool != null && data.bool', allOf(not(isNull('bool')), equals('bool', true))],
  ])('%s', (text, filter) => {
    expect(translate(text)).toEqual(filter)
  })

  test('a guest owns what nobody owns, as in evaluation', () => {
    expect(translate('data.ownerId == auth.id', null)).toEqual(isNull('ownerId'))
    expect(translate('auth.id != null && data.ownerId == auth.id', null)).toEqual(never)
    expect(translate("auth.id in data.ref('owner.id')", null)).toEqual(never)
  })

  test('a comparison on an attribute of numbers, once null is ruled out', () => {
    expect(translate('data.num != null && data.num > 3')).toEqual(
      allOf(not(isNull('num')), { kind: 'compare', label: 'num', by: '>', value: 3 }),
    )
    expect(translate('data.num == null || 3 > data.num')).toEqual(
      anyOf(isNull('num'), { kind: 'compare', label: 'num', by: '<', value: 3 }),
    )
  })
})

describe('what does not, since some row would make it fail or be judged otherwise', () => {
  test.each([
    ['a comparison that null fails', 'data.num > 3'],
    ['a comparison of who knows what', 'data.likes != null && data.likes > 3'],
    ['an operand that may be no boolean', 'data.flag && true'],
    ['a negation that may be of null', '!data.bool'],
    ['something that fails on every row', '1 / 0 == 1 && data.a == 1'],
    ['a method', "data.path.startsWith('x')"],
    ['two fields', 'data.a == data.b'],
    ['a value that is no scalar', 'data.a == [1]'],
    ['a rate limit', 'rateLimit.sends.limit(1)'],
    ['a list in the row', "'x' in data.tags"],
    ['a ref that is not fetched', "auth.ref('$user.a') == [] || data.a == 1"],
    ['a number that JSON would blur', 'data.a == 9007199254740993'],
  ])('%s', (_what, text) => {
    expect(translate(text)).toBeNull()
  })
})

test('a ref of the caller that is fetched is known', () => {
  const program = programOf("auth.ref('$user.team')[0] == data.team")
  const inputs = { scope: scopeOf({ auth: me }), refs: () => ['red'], checkedType: () => null }

  expect(toFilter(program, inputs)).toEqual(equals('team', 'red'))
})

test.each<[what: string, filter: RuleFilter, impossible: boolean]>([
  ['never', never, true],
  ['always', always, false],
  ['a test and its negation', allOf(equals('a', 1), not(equals('a', 1))), true],
  ['two values at once', allOf(equals('a', 1), equals('a', '1')), true],
  ['a value and null', allOf(equals('a', 1), isNull('a')), true],
  [
    'a value outside of a range',
    allOf(equals('a', 1), { kind: 'compare', label: 'a', by: '>', value: 1 }),
    true,
  ],
  ['two links at once', allOf(linked('a.id', 'x'), linked('a.id', 'y')), false],
  ['two fields', allOf(equals('a', 1), equals('b', 2)), false],
  ['alternatives that cannot be', anyOf(never, allOf(isNull('a'), not(isNull('a')))), true],
  [
    'alternatives of which one can',
    anyOf(isNull('a'), allOf(isNull('a'), not(isNull('a')))),
    false,
  ],
])('%s', (_what, filter, impossible) => {
  expect(isImpossible(filter)).toBe(impossible)
})

test('a rule that grows out of hand is left to evaluation, quickly', () => {
  const binds = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `b${at + 1}`,
      `(b${at} && data.x${at} == 1) || (b${at} && data.y${at} == 1)`,
    ]),
  )
  const started = performance.now()
  const program = programOf('b40', { binds: { b0: 'data.z == 1', ...binds } })

  expect(toFilter(program, { scope: scopeOf(), checkedType: () => null })).toBeNull()
  expect(performance.now() - started).toBeLessThan(3000)
})

function translate(text: string, auth: JsonObject | null = me) {
  const program = programOf(text, {
    binds: { isMine: 'data.ownerId == auth.id' },
    rateLimits: new Map([['sends', { limits: [] }]]),
  })
  return toFilter(program, {
    scope: scopeOf({ auth }),
    checkedType: (label) => (label === 'num' ? 'number' : label === 'bool' ? 'boolean' : null),
  })
}

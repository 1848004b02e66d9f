import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '@/lib/base/json'
import { evaluate } from './evaluate'
import {
  complaintsOf,
  nowMs,
  outcomeOf,
  outcomeOn,
  programOf,
  scopeOf,
} from './testing/rule-inputs'

const row: JsonObject = {
  id: 'ad648ad0-a2b6-4015-8bae-d61cc328634e',
  s: 'hello',
  n: 4,
  half: 0.5,
  t: true,
  f: false,
  nul: null,
  list: [1, 2, 3],
  names: ['a', 'b'],
  obj: { a: { b: 1 } },
  when: '2025-01-02T03:04:05Z',
}

describe('standard operators and macros', () => {
  test.each<[text: string, value: Json]>([
    ['[1, 2, 3].all(x, x > 0)', true],
    ['[1, 2, 3].exists(x, x == 2)', true],
    ['[1, 2, 2].exists_one(x, x == 2)', false],
    ['[1, 2, 3].map(x, x * 2) == [2, 4, 6]', true],
    ['[1, 2, 3].map(x, x > 1, x * 2)', [4, 6]],
    ['[1, 2, 3].filter(x, x > 1)', [2, 3]],
    ["data.s == 'hello' ? 'yes' : 'no'", 'yes'],
    ["data.s in ['hello', 'bye']", true],
    ['9 in data.list', false],
    ['size(data.list) == 3 && data.list.size() == 3', true],
    ["data.s.matches('^h.*o$') && matches(data.s, 'ell')", true],
    ["'a-b-c'.split('-', 2)", ['a', 'b-c']],
    ["'a-b-c'.split('-', 1)", ['a-b-c']],
    ["'a-b-c'.split('-', 3) == 'a-b-c'.split('-', -1) && 'a-b'.split('-', 0) == []", true],
    ["'a😀b'.split('')", ['a', '😀', 'b']],
    ["''.split('-') == [''] && ''.split('') == []", true],
    ["data.s.startsWith('he') && data.s.endsWith('lo') && data.s.contains('ell')", true],
    ['type(data.s) == string && type(data.n) == int && type(data.half) == double', true],
    ["timestamp(data.when) + duration('1h') > timestamp(data.when)", true],
    ["timestamp('2025-01-02T03:04:05Z').getMinutes()", 4],
    ['cel.bind(isDeleted, data.nul == null, !isDeleted)', false],
    ["'a,b'.split(',').join('-').upperAscii() + 'x'.charAt(0)", 'A-Bx'],
    ["'tacocat'.indexOf('c') + 'tacocat'.lastIndexOf('c')", 6],
    ["' x '.trim().replace('x', 'yy').substring(1).lowerAscii()", 'y'],
    ['math.abs(-3) + math.greatest(1, 2)', 5],
    ["{'a': 1}.a == 1", true],
    ["data['s'] == data.s && data.list[0] == 1", true],
    ['data.n + 1 == 5 && data.half * 2.0 == 1.0', true],
    ['1 == 1 // a comment at the end', true],
    ['// a comment first\ntrue', true],
  ])('%s', (text, value) => {
    expect(outcomeOn(row, text)).toEqual(value)
  })
})

describe('null', () => {
  test.each<[rule: string, text: string, value: unknown]>([
    ['a missing key is null, never an error', 'data.missing == null', true],
    ['a missing key is null inside of objects too', 'data.obj.a.x == null', true],
    ['a missing key of the caller is null', 'auth.nope == null && ruleParams.nope == null', true],
    ['has of a row is always true', 'has(data.missing)', true],
    ['every name is in a row', "'missing' in data", true],
    [
      'what every object has is missing too',
      'data.constructor == null && data.toString == null',
      true,
    ],
    ['null is in no list', 'null in [1, 2]', false],
    ['null is not even in a list that holds it', 'data.nul in [null]', false],
    ['looking into null is an error', "'x' in data.nul", { error: expect.any(String) }],
    ['a field of null is an error', 'data.nul.x', { error: 'null has no fields' }],
    [
      'the negation of null is an error',
      '!data.nul',
      { error: "no matching overload for '!_' applied to '(null)'" },
    ],
    ['so is that of a literal null', '!null', { error: expect.any(String) }],
    ['comparing null is an error', 'null > 1', { error: expect.any(String) }],
    ['null as an operand of && is an error', 'data.nul && true', { error: expect.any(String) }],
    ['false outweighs an error', 'data.nul && false', false],
    [
      'true outweighs an error, before or after it',
      '(data.nul || true) && (true || data.nul)',
      true,
    ],
    ['one error does not outweigh a match of exists', '[0, 1].exists(x, 1 / x == 1)', true],
  ])('%s', (_rule, text, value) => {
    expect(outcomeOn(row, text)).toEqual(value)
  })

  test.each<[text: string, passes: boolean]>([
    ['null', false],
    ['false', false],
    ['data.missing', false],
    ['true', true],
    ['[]', true],
    ["''", true],
    ['0', true],
  ])('a rule passes when it is neither false nor null: %s', (text, passes) => {
    expect(evaluate(programOf(text), { scope: scopeOf(), data: row })).toMatchObject({ passes })
  })
})

describe('variables', () => {
  test.each([
    ['newData', 'view'],
    ['newData', 'delete'],
    ['linkedData', 'update'],
    ['actions', 'unlink'],
    ['actions', 'create'],
    ['lol', 'link'],
  ] as const)('%s is unknown to %s', (name, action) => {
    expect(complaintsOf(`${name}.x == 1`, { action })).toEqual([
      `undeclared reference to '${name}' (in container '')`,
    ])
  })

  test.each([
    ['newData.x == data.x', 'create'],
    ['newData.x == data.x', 'update'],
    ['newData.x == linkedData.x && actions.data == actions.linkedData', 'link'],
    ['newData.x == linkedData.x', 'unlink'],
  ] as const)('%s is known to %s', (text, action) => {
    expect(outcomeOf(text, {}, { action })).toBe(true)
  })

  test('all keys of a guest are null', () => {
    expect(outcomeOf('auth.id == null && auth.email == null')).toBe(true)
  })

  test('custom columns of the caller are there', () => {
    expect(outcomeOf("auth.role == 'owner'", { scope: scopeOf({ auth: { role: 'owner' } }) })).toBe(
      true,
    )
  })

  test('the time is that of the request', () => {
    expect(outcomeOf('request.time.getTime()')).toBe(nowMs)
    expect(outcomeOf("request.time == timestamp('2026-03-04T05:06:07.890Z')")).toBe(true)
  })

  test('the request tells modified fields, address and origin', () => {
    const inputs = { scope: scopeOf({ origin: 'https://a.example' }), modifiedFields: ['likes'] }

    expect(outcomeOf("request.modifiedFields.all(f, f in ['likes', 'views'])", inputs)).toBe(true)
    expect(
      outcomeOf("request.ip == '1.2.3.4' && request.origin == 'https://a.example'", inputs),
    ).toBe(true)
    expect(outcomeOf('request.origin == null')).toBe(true)
  })

  test('a timestamp is made of milliseconds or of any date text', () => {
    const texts = ['1741000000000', "'Wed Jul 09 2025'", "'8/4/2025, 11:02:31 PM'"]

    expect(outcomeOf(`[${texts.join(', ')}].map(x, timestamp(x).getTime())`)).toEqual([
      1_741_000_000_000,
      Date.UTC(2025, 6, 9),
      Date.UTC(2025, 7, 4, 23, 2, 31),
    ])
    expect(outcomeOf("timestamp('nonsense')")).toEqual({ error: 'not a date: "nonsense"' })
    expect(outcomeOf('timestamp(data.nope)')).toEqual({
      error: "no matching overload for 'timestamp' applied to '(null)'",
    })
  })

  test('dates can be read by another reader', () => {
    expect(outcomeOf("timestamp('x').getTime()", { readDate: () => 5000n })).toBe(5)
  })
})

describe('binds', () => {
  test('they use each other in any order', () => {
    const binds = { a: 'b && c', c: "data.s == 'hello'", b: 'c' }

    expect(outcomeOf('a', { data: row }, { binds })).toBe(true)
  })

  test('one that is not used is not even parsed', () => {
    expect(outcomeOf('a', {}, { binds: { a: 'true', b: 'this is (not CEL' } })).toBe(true)
  })

  test('one that is not needed is not evaluated', () => {
    expect(outcomeOf('true || a', {}, { binds: { a: '1 / 0 == 1' } })).toBe(true)
  })

  test('a cycle is told from its first name to the same again', () => {
    expect(complaintsOf('a', { binds: { a: 'b', b: 'a' } })).toEqual([
      'The binds have a cyclic dependency a -> b -> a',
    ])
  })

  test('a name that a macro introduces hides the bind', () => {
    expect(outcomeOf('[1].map(x, x)', {}, { binds: { x: 'undefinedName' } })).toEqual([1])
  })

  test('a bind inside a macro is a new one for every item', () => {
    expect(outcomeOf('[1, 2, 3].map(x, cel.bind(y, x * 2, y + y))')).toEqual([4, 8, 12])
  })

  test('the code wraps each used bind once, those used by others outside', () => {
    const { code } = programOf('a && b // both', { binds: { a: 'b || c', b: 'true', c: 'false' } })

    expect(code).toBe(
      'cel.bind(b, true, cel.bind(c, false, cel.bind(a, b || c, a && b // both\n)))',
    )
  })
})

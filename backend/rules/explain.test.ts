import { expect, test } from 'vitest'
import { must } from '@/lib/base/must'
import { explain } from './explain'
import { children, type Expr } from './expression'
import { parseExpression } from './parse-expression'
import { createLocator } from './source-range'
import { programOf, scopeOf } from './testing/rule-inputs'

test('every sub-expression is told with its value and its place', () => {
  const program = programOf("data.n > 2 && (data.s == 'x' || isMine)", {
    binds: { isMine: 'data.ownerId == auth.id' },
  })
  const { texts, evaluation } = explain(program, {
    scope: scopeOf({ auth: { id: 'me' } }),
    data: { n: 3, s: 'y', ownerId: 'me' },
  })

  expect(evaluation).toEqual({ kind: 'value', value: true, passes: true })
  expect(texts.map(({ name }) => name)).toEqual(['isMine', null])
  expect(values(texts[1]?.steps)).toEqual([
    ["data.n > 2 && (data.s == 'x' || isMine)", true],
    ['data.n > 2', true],
    ['data.n', 3],
    ['data', { n: 3, s: 'y', ownerId: 'me' }],
    ["data.s == 'x' || isMine", true],
    ["data.s == 'x'", false],
    ['data.s', 'y'],
    ['data', { n: 3, s: 'y', ownerId: 'me' }],
    ['isMine', true],
  ])
  expect(values(texts[0]?.steps)[0]).toEqual(['data.ownerId == auth.id', true])
})

test('what was not needed has no outcome', () => {
  const { texts } = explain(programOf('true || data.a == 1'), { scope: scopeOf() })

  expect(texts[0]?.steps.map(({ text, count }) => [text, count])).toEqual([
    ['true || data.a == 1', 1],
    ['data.a == 1', 0],
    ['data.a', 0],
    ['data', 0],
  ])
})

test('inside a macro the outcomes of all items are told', () => {
  const { texts } = explain(programOf('[1, 2, 3].all(x, x < 3)'), { scope: scopeOf() })

  expect(texts[0]?.steps.find(({ text }) => text === 'x < 3')?.outcomes).toEqual([
    { kind: 'value', value: true },
    { kind: 'value', value: true },
    { kind: 'value', value: false },
  ])
})

test('an error is told with the text, line and column it happened at', () => {
  const program = programOf('auth.id != null\n  && isBig', {
    binds: { isBig: '1 == 1 && data.n > 2' },
  })
  const { error } = explain(program, { scope: scopeOf({ auth: { id: 'me' } }), data: {} })

  expect(error).toEqual({
    message: "no matching overload for '_>_' applied to '(null, int)'",
    name: 'isBig',
    start: 10,
    end: 20,
    line: 1,
    column: 11,
  })
})

test('the inputs that the rule saw are told, refs with their values', () => {
  const { inputs } = explain(programOf("auth.id in data.ref('owner.id')"), {
    scope: scopeOf({ auth: { id: 'me' }, ruleParams: { a: 1 } }),
    data: { id: 'x' },
    refs: () => ['you', 'me'],
  })

  expect(inputs).toMatchObject({
    data: { id: 'x' },
    auth: { id: 'me' },
    ruleParams: { a: 1 },
    refs: [{ source: 'data', path: 'owner.id', values: ['you', 'me'] }],
  })
})

test.each([
  ['a.b', ['a.b', 'a']],
  ['(a + b) * c', ['(a + b) * c', 'a + b', 'a', 'b', 'c']],
  ['!(a || b)', ['!(a || b)', 'a || b', 'a', 'b']],
  ['-a', ['-a', 'a']],
  ['size( a )', ['size( a )', 'a']],
  ["a['k'][0]", ["a['k'][0]", "a['k']", 'a', "'k'", '0']],
  ['(a).ref("x)")', ['(a).ref("x)")', 'a', '"x)"']],
  ['a ? b : [c, -1]', ['a ? b : [c, -1]', 'a', 'b', '[c, -1]', 'c', '-1']],
  ['a.exists(x, (x))', ['a.exists(x, (x))', 'a', 'x']],
  ['cel.bind(v, a, v)', ['cel.bind(v, a, v)', 'a', 'v']],
  ['math.abs(a)', ['math.abs(a)', 'a']],
  ["{'a': b}", ["{'a': b}", "'a'", 'b']],
  ['has(a.b) // c', ['has(a.b)', 'a']],
  ['a || b || c || d', ['a || b || c || d', 'a || b', 'a', 'b', 'c || d', 'c', 'd']],
])('the parts of %s are found in the text', (text, parts) => {
  const parsed = parseExpression(text)
  const locate = createLocator(text)
  const all = (expr: Expr): Expr[] => [expr, ...children(expr).flatMap(all)]

  expect(
    all(must(parsed.ok ? parsed.data : null, 'it parses')).map((expr) => {
      const { start, end } = locate(expr)
      return text.slice(start, end)
    }),
  ).toEqual(parts)
})

function values(steps: ReturnType<typeof explain>['texts'][number]['steps'] = []) {
  return steps.map(({ text, outcomes: [first] }) => [
    text,
    first?.kind === 'value' ? first.value : first,
  ])
}

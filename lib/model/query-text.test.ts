import { expect, test } from 'vitest'
import { parseQueryText } from './query-text'

test('a JavaScript object literal needs no quotes around keys and may have comments and commas', () => {
  const text = `{
    // the open ones
    tickets: { $: { where: { status: 'open', 'owner.name': "Ada" }, limit: 5, }, },
  }`

  expect(parseQueryText(text)).toEqual({
    kind: 'query',
    query: { tickets: { $: { where: { status: 'open', 'owner.name': 'Ada' }, limit: 5 } } },
    warnings: [],
  })
})

test.each(['', '  \n\t', '// nothing yet', '/* nothing\nyet */'])(
  '%j is empty, not wrong',
  (text) => {
    expect(parseQueryText(text)).toEqual({ kind: 'empty' })
  },
)

test.each<[text: string, at: string, message: string]>([
  ['{ a: 1 b: 2 }', '1:8', 'Unexpected “b”: a comma may be missing before it.'],
  ['{\n  a: {}\n  b: {} }', '3:3', 'Unexpected “b”: a comma may be missing before it.'],
  ['{\n  a: ]', '2:6', 'Unexpected “]”.'],
  ['{ a: {', '1:6', 'The text ends too early: a brace, bracket or quote is not closed.'],
  ['{ a: {},\n\n', '1:8', 'The text ends too early: a brace, bracket or quote is not closed.'],
  ['{ a: "x\n }', '1:8', 'The line ends inside a quoted text: the closing quote is missing.'],
  ['{ a: `x` }', '1:6', 'Unexpected a backtick (use single or double quotes).'],
  ['{ 😀: 1 }', '1:3', 'Unexpected “😀”.'],
  ['{ a: 1 };', '1:9', 'Unexpected “;”.'],
  [
    'db.query({ a: {} })',
    '1:1',
    'A query is only the object literal, such as { goals: {} }; it cannot begin with “db.query”.',
  ],
  ['/* open', '1:7', 'The text ends too early: a brace, bracket or quote is not closed.'],
  ['[{}]', '1:1', 'A query is an object, such as { goals: {} }, but this is a list.'],
  ['null', '1:1', 'A query is an object, such as { goals: {} }, but this is null.'],
  ['"goals"', '1:1', 'A query is an object, such as { goals: {} }, but this is a text in quotes.'],
  ['5', '1:1', 'A query is an object, such as { goals: {} }, but this is a number.'],
  ['{ a: { b: [1, -Infinity] } }', '1:15', '-Infinity has no place in JSON, so it cannot be sent.'],
])('%j is refused at %s', (text, at, message) => {
  const parsed = parseQueryText(text)

  expect(parsed).toMatchObject({ kind: 'wrong', problem: { message } })
  if (parsed.kind === 'wrong') {
    const { line, column } = parsed.problem.span
    expect(`${line}:${column}`).toBe(at)
  }
})

test('a key written twice is a warning, since only the last one would count', () => {
  const parsed = parseQueryText("{ a: { $: { where: { b: 1, 'b': 2 } } } }")

  expect(parsed).toMatchObject({
    kind: 'query',
    warnings: [
      {
        message: '“b” occurs twice in one object: only the last one counts.',
        span: { line: 1, column: 28, endLine: 1, endColumn: 31 },
      },
    ],
  })
})

test('a text in quotes may spell Infinity', () => {
  expect(parseQueryText('{ a: "Infinity" }')).toMatchObject({ kind: 'query' })
})

import { expect, test } from 'vitest'
import { placeInQuery } from './query-place'

const text = `{
  // users: not this one
  users: {
    $: {
      where: { or: [{ 'bookshelves.name': 1 }, { age: { $gt: 'x' } }] },
      order: { handle: "DESC" },
      limit: -1,
    },
    bookshelves: [],
  },
}`

test.each<[path: unknown[], marked: string | null]>([
  [['users'], 'users'],
  [['users', 'bookshelves'], 'bookshelves'],
  [['users', '$'], '$'],
  [['users', '$', 'limit'], 'limit: -1'],
  [['users', '$', 'order', 'handle'], 'handle: "DESC"'],
  [['users', '$', 'or'], 'or'],
  [['users', '$', 'where', 'name'], `'bookshelves.name': 1`],
  [['users', '$', 'where', 'age', '$gt'], `$gt: 'x'`],
  [['users', '$', 'where', 'age', '$gt', ['x']], `$gt: 'x'`],
  [['users', '$', 'where', 'or', 1], '{'],
  [['users', '$', 'where', 'or', 7], 'or'],
  [['users', '$', 'unheard', 'of'], '$'],
  [['nothing', 'users'], null],
  [[0, 'option-map', 'where-conds'], null],
  [[], null],
])('%j is marked at %j', (path, marked) => {
  const span = placeInQuery(text, path)

  const line = span && text.split('\n')[span.line - 1]
  expect(
    line?.slice(span ? span.column - 1 : 0, span?.endColumn && span.endColumn - 1) ?? null,
  ).toBe(marked)
})

test('of a key written twice the last is marked, because it is the one that was sent', () => {
  expect(placeInQuery('{ a: 1, a: [] }', ['a'])).toMatchObject({ column: 9 })
})

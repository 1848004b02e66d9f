import { expect, test } from 'vitest'
import {
  clampWidth,
  moveColumn,
  neighbour,
  orderColumns,
  shortenOrder,
  toggleHidden,
} from './grid-layout'

const columns = ['a', 'b', 'c', 'd']

test('named columns come first and the rest follow', () => {
  expect(orderColumns(columns, ['c', 'a'])).toEqual(['c', 'a', 'b', 'd'])
})

test('a name without a column is passed over', () => {
  expect(orderColumns(columns, ['gone', 'd'])).toEqual(['d', 'a', 'b', 'c'])
})

test.each([
  ['a', 'c', ['b', 'c', 'a', 'd']],
  ['d', 'a', ['d', 'a', 'b', 'c']],
  ['b', 'c', ['a', 'c', 'b', 'd']],
  ['a', 'a', columns],
  ['a', 'gone', columns],
  ['gone', 'a', columns],
])('%s put where %s is gives %j', (moved, target, expected) => {
  expect(orderColumns(columns, moveColumn(columns, [], { column: moved, to: target }))).toEqual(
    expected,
  )
})

test.each([
  [columns, []],
  [['b', 'a', 'c', 'd'], ['b']],
  [
    ['a', 'c', 'b', 'd'],
    ['a', 'c'],
  ],
  [
    ['d', 'c', 'b', 'a'],
    ['d', 'c', 'b'],
  ],
])('the order %j is told by %j', (ordered, told) => {
  expect(shortenOrder(columns, ordered)).toEqual(told)
  expect(orderColumns(columns, told)).toEqual(ordered)
})

test('there is no neighbour beyond an edge', () => {
  expect(neighbour(columns, 'a', -1)).toBeUndefined()
  expect(neighbour(columns, 'd', 1)).toBeUndefined()
  expect(neighbour(columns, 'gone', 1)).toBeUndefined()
  expect(neighbour(columns, 'b', 1)).toBe('c')
})

test('hiding twice shows again', () => {
  expect(toggleHidden(toggleHidden(['a'], 'b'), 'b')).toEqual(['a'])
})

test('a width stays a whole number within its range', () => {
  expect([clampWidth(-5), clampWidth(100.4), clampWidth(9999)]).toEqual([56, 100, 1200])
})

import { expect, test } from 'vitest'
import {
  asDescribed,
  clampWidth,
  moveColumn,
  neighbour,
  orderColumns,
  placeColumn,
  shortenOrder,
  toggled,
  visibleColumns,
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

test('there is no neighbour beyond an edge, nor beyond the pins', () => {
  const beside = (column: string, step: -1 | 1, pinned: readonly string[] = []) =>
    neighbour(columns, pinned, { column, step })

  expect(beside('a', -1)).toBeUndefined()
  expect(beside('d', 1)).toBeUndefined()
  expect(beside('gone', 1)).toBeUndefined()
  expect(beside('b', 1)).toBe('c')
  expect(beside('b', 1, ['a', 'b'])).toBeUndefined()
  expect(beside('b', -1, ['a'])).toBeUndefined()
})

test('pinned columns come first, in the order of all, and hidden ones not at all', () => {
  const layout = { ...asDescribed, order: ['d', 'b'], hidden: ['a'], pinned: ['c', 'b', 'a'] }
  expect(visibleColumns(columns, layout)).toEqual(['b', 'c', 'd'])
})

test('a column dropped among the pinned is pinned, and one dropped outside is not', () => {
  const layout = { ...asDescribed, pinned: ['a', 'b'] }
  const pinned = placeColumn(columns, layout, { column: 'd', to: 'b' })
  const unpinned = placeColumn(columns, layout, { column: 'a', to: 'd' })

  expect(visibleColumns(columns, pinned)).toEqual(['a', 'd', 'b', 'c'])
  expect(visibleColumns(columns, unpinned)).toEqual(['b', 'c', 'd', 'a'])
})

test('toggled twice is as before', () => {
  expect(toggled(toggled(['a'], 'b'), 'b')).toEqual(['a'])
})

test('a width stays a whole number within its range', () => {
  expect([clampWidth(-5), clampWidth(100.4), clampWidth(9999)]).toEqual([56, 100, 1200])
})

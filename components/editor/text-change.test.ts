import { expect, test } from 'vitest'
import { changeBetween } from './text-change'

test.each<[before: string, after: string, removed: string, added: string]>([
  ['{ a: {} }', '{ a: {}, b: {} }', '', ', b: {}'],
  ['{ a: {}, b: {} }', '{ a: {} }', ', b: {}', ''],
  ['limit: 5', 'limit: 50', '', '0'],
  ['aaa', 'aa', 'a', ''],
  ['', 'new', '', 'new'],
  ['old', '', 'old', ''],
  ['😀', '😁', '😀', '😁'],
  ['x😀y', 'x🤀y', '😀', '🤀'],
])('from %j to %j only what differs changes', (before, after, removed, added) => {
  const change = changeBetween(before, after)

  expect(change?.text).toBe(added)
  expect(before.slice(change?.start, change?.end)).toBe(removed)
  expect(before.slice(0, change?.start) + added + before.slice(change?.end)).toBe(after)
})

test('equal texts need no change', () => {
  expect(changeBetween('same', 'same')).toBe(null)
})

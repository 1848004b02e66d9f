import { expect, test } from 'vitest'
import { hintErrors, otherHints } from './failure-hint'

test('the errors of a validation are read in both spellings of the check', () => {
  const hint = {
    'data-type': 'query',
    input: { users: { $: { limit: -1 } } },
    errors: [
      { expected: 'map?', in: ['users', 'bookshelves'] },
      { 'expected?': 'string?', in: ['users', '$', 'where', 'name'], message: 'Not a string.' },
    ],
  }

  expect(hintErrors(hint)).toEqual([
    { path: ['users', 'bookshelves'], message: null, expected: 'map?' },
    { path: ['users', '$', 'where', 'name'], message: 'Not a string.', expected: 'string?' },
  ])
  expect(otherHints(hint)).toBe(undefined)
})

test('a hint of another shape is told as it is', () => {
  const hint = { 'record-type': 'app-admin-token', message: 'Expired?' }

  expect(hintErrors(hint)).toEqual([])
  expect(otherHints(hint)).toEqual(hint)
})

test.each([undefined, null, 'text', 5, [], { errors: 'none' }])('%j lists no errors', (hint) => {
  expect(hintErrors(hint)).toEqual([])
})

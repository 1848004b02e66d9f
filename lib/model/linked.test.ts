import { expect, test } from 'vitest'
import { linkedText } from './linked'

const named = (...titles: (string | null)[]) =>
  titles.map((title, at) => ({ id: `id${at}`, title }))

test.each([
  [0, [], ''],
  [2, named('a', null), 'a, id1'],
  [7, named('a', 'b', 'c', 'd'), 'a, b, c and 4 more'],
])('of %i targets the first are named', (total, records, text) => {
  expect(linkedText({ total, records })).toBe(text)
})

import { expect, test } from 'vitest'
import { parseRange } from './byte-range'

const all = { kind: 'all' }
const unsatisfiable = { kind: 'unsatisfiable' }
const part = (start: number, end: number) => ({ kind: 'part', start, end })

test.each<[header: string | undefined, sizeBytes: number, range: object]>([
  [undefined, 10, all],
  ['bytes=0-3', 10, part(0, 3)],
  ['bytes=4-', 10, part(4, 9)],
  ['bytes=-3', 10, part(7, 9)],
  ['bytes=-99', 10, part(0, 9)],
  ['bytes=5-99', 10, part(5, 9)],
  ['bytes=9-9', 10, part(9, 9)],
  ['bytes=10-', 10, unsatisfiable],
  ['bytes=-0', 10, unsatisfiable],
  ['bytes=0-', 0, unsatisfiable],
  ['bytes=5-2', 10, all],
  ['bytes=-', 10, all],
  ['bytes=0-1,4-5', 10, all],
  ['lines=1-2', 10, all],
  ['bytes=a-b', 10, all],
])('%s of %i bytes', (header, sizeBytes, range) => {
  expect(parseRange(header, sizeBytes)).toEqual(range)
})

import { expect, test } from 'vitest'
import { asDescribed, type GridLayout } from '@/components/grid/grid-layout'
import { layoutOf, parseKeptLayout } from './kept-layout'

const kept: GridLayout = {
  order: ['b'],
  hidden: ['c'],
  widths: { a: 200 },
  pinned: ['a'],
  density: 'compact',
}
const columns = ['a', 'b', 'c']

test('a layout comes back from what was kept of it', () => {
  expect(parseKeptLayout(JSON.stringify(kept))).toEqual(kept)
})

test.each([null, '', 'nonsense', '[]', '"x"', '{"order":3,"density":"tiny","widths":{"a":-1}}'])(
  'of %j nothing is taken',
  (text) => {
    expect(parseKeptLayout(text)).toEqual(asDescribed)
  },
)

test('what the address says counts before what was kept, part by part', () => {
  expect(layoutOf({ order: [], hidden: ['b'], widths: {} }, kept, columns)).toEqual({
    ...kept,
    hidden: ['b'],
  })
})

test('what would hide every column hides none', () => {
  expect(layoutOf(asDescribed, { ...kept, hidden: columns }, columns).hidden).toEqual([])
})

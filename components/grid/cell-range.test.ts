import { expect, test } from 'vitest'
import type { CellCursor } from './cell-cursor'
import { clampSelection, columnsInRow, extendTo, shiftRows } from './cell-range'

const none = { cursor: at(3, 2), range: null }

test('a range begins at the cursor and stays there, whichever way it grows', () => {
  const down = extendTo(none, at(5, 4))
  const back = extendTo(down, at(1, 1))

  expect(down).toEqual({ cursor: at(5, 4), range: { from: at(3, 2), to: at(5, 4) } })
  expect(back).toEqual({ cursor: at(1, 1), range: { from: at(3, 2), to: at(1, 1) } })
})

test('a range never takes in the headings', () => {
  expect(extendTo(none, at(-1, 2)).range).toEqual({ from: at(3, 2), to: at(0, 2) })
})

test.each([
  [0, null],
  [1, [1, 2]],
  [3, [1, 2]],
  [4, null],
])('of row %i the range has the columns %j', (row, expected) => {
  expect(columnsInRow({ from: at(3, 1), to: at(1, 2) }, row)).toEqual(expected)
})

test('rows that come before a range move it, and those that go cut it off', () => {
  const selection = { cursor: at(5, 0), range: { from: at(2, 0), to: at(5, 0) } }

  expect(shiftRows(selection, 10).range).toEqual({ from: at(12, 0), to: at(15, 0) })
  expect(shiftRows(selection, -4).range).toEqual({ from: at(0, 0), to: at(1, 0) })
})

test('a range is as large as what there is', () => {
  const selection = { cursor: at(9, 9), range: { from: at(2, 1), to: at(9, 9) } }
  const extent = { rows: 5, columns: 4, screen: 10 }

  expect(clampSelection(selection, extent)).toEqual({
    cursor: at(4, 3),
    range: { from: at(2, 1), to: at(4, 3) },
  })
  expect(clampSelection(selection, { ...extent, rows: 0 }).range).toBeNull()
})

function at(row: number, column: number): CellCursor {
  return { row, column }
}

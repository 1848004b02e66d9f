import { expect, test } from 'vitest'
import { type CellCursor, clampCursor, moveCursor } from './cell-cursor'

const extent = { rows: 100, columns: 5, screen: 20 }

test.each<[key: string, from: CellCursor, to: CellCursor]>([
  ['ArrowDown', at(3, 2), at(4, 2)],
  ['ArrowDown', at(99, 2), at(99, 2)],
  ['ArrowUp', at(0, 2), at(-1, 2)],
  ['ArrowUp', at(-1, 2), at(-1, 2)],
  ['ArrowLeft', at(3, 0), at(3, 0)],
  ['ArrowRight', at(3, 4), at(3, 4)],
  ['Home', at(3, 4), at(3, 0)],
  ['End', at(3, 0), at(3, 4)],
  ['PageDown', at(3, 1), at(23, 1)],
  ['PageDown', at(95, 1), at(99, 1)],
  ['PageUp', at(95, 1), at(75, 1)],
  ['PageUp', at(3, 1), at(0, 1)],
])('%s from %j goes to %j', (key, from, to) => {
  expect(moveCursor(from, press(key), extent)).toEqual(to)
})

test.each<[key: string, to: CellCursor]>([
  ['Home', at(0, 0)],
  ['End', at(99, 4)],
  ['ArrowUp', at(0, 2)],
  ['ArrowDown', at(99, 2)],
  ['ArrowLeft', at(50, 0)],
  ['ArrowRight', at(50, 4)],
])('with Ctrl or ⌘, %s goes to the edge', (key, to) => {
  expect(moveCursor(at(50, 2), { ...press(key), ctrlKey: true }, extent)).toEqual(to)
  expect(moveCursor(at(50, 2), { ...press(key), metaKey: true }, extent)).toEqual(to)
})

test('other keys and combinations move nothing', () => {
  expect(moveCursor(at(1, 1), press('a'), extent)).toBeNull()
  expect(moveCursor(at(1, 1), press('Enter'), extent)).toBeNull()
  expect(moveCursor(at(1, 1), { ...press('ArrowDown'), altKey: true }, extent)).toBeNull()
})

test('in an empty grid only the heading is left', () => {
  expect(clampCursor(at(7, 7), { rows: 0, columns: 5, screen: 20 })).toEqual(at(-1, 4))
})

function at(row: number, column: number): CellCursor {
  return { row, column }
}

function press(key: string) {
  return { key, ctrlKey: false, metaKey: false, altKey: false }
}

import { type CellCursor, clampCursor, type GridExtent } from './cell-cursor'

/** A rectangle of cells, from the one where it began to the one where it ends. Both are in it. */
export interface CellRange {
  readonly from: CellCursor
  readonly to: CellCursor
}

/** The sides of a rectangle. All four are in it. */
export interface RangeSides {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export function sidesOf({ from, to }: CellRange): RangeSides {
  return {
    top: Math.min(from.row, to.row),
    bottom: Math.max(from.row, to.row),
    left: Math.min(from.column, to.column),
    right: Math.max(from.column, to.column),
  }
}

/** The first and the last column of a range in one row, or null where the row is outside of it. */
export function columnsInRow(range: CellRange | null, row: number): [number, number] | null {
  if (!range) return null
  const { top, bottom, left, right } = sidesOf(range)
  return row >= top && row <= bottom ? [left, right] : null
}

/** What is marked: the cell the keyboard is at, and the rectangle around it, if there is one. */
export interface CellSelection {
  readonly cursor: CellCursor
  readonly range: CellRange | null
}

/** The rectangle up to a cell, from where it began or else from the cursor. It has no headings. */
export function extendTo({ cursor, range }: CellSelection, target: CellCursor): CellSelection {
  const to = { ...target, row: Math.max(0, target.row) }
  return { cursor: to, range: { from: range?.from ?? cursor, to } }
}

/** Moves with its rows when others came before them, or, below zero, went. */
export function shiftRows({ cursor, range }: CellSelection, rows: number): CellSelection {
  const shift = (at: CellCursor) => (at.row < 0 ? at : { ...at, row: Math.max(0, at.row + rows) })
  return { cursor: shift(cursor), range: range && { from: shift(range.from), to: shift(range.to) } }
}

/** As much of it as there is. */
export function clampSelection(
  { cursor, range }: CellSelection,
  extent: GridExtent,
): CellSelection {
  const clamp = (at: CellCursor) => clampCursor(at, extent)
  const hasCells = extent.rows > 0 && extent.columns > 0
  return {
    cursor: clamp(cursor),
    range: range && hasCells ? { from: clamp(range.from), to: clamp(range.to) } : null,
  }
}

'use client'

import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { type CellCursor, type GridExtent, moveCursor } from './cell-cursor'
import { type CellSelection, clampSelection, extendTo, shiftRows } from './cell-range'
import { copyCells } from './copy-cells'
import { gutterWidth, headingHeight, pinsFromWidth } from './measures'
import type { GridRecord, LaidOutColumn } from './use-grid-table'

export interface GridKeys<Row extends GridRecord> {
  readonly columns: readonly LaidOutColumn<Row>[]
  readonly rows: readonly Row[]
  /** Names what the rows are of: a range does not outlive it. */
  readonly part: string
  readonly rowHeight: number
  readonly gridRef: RefObject<HTMLDivElement | null>
  /** Brings rows before the first; undefined when there are none. */
  readonly onReadBack: (() => void) | undefined
  /** To the first or the last of all rows; undefined when it is at hand. */
  readonly onJumpToStart: (() => void) | undefined
  readonly onJumpToEnd: (() => void) | undefined
  readonly onOpenRow: (row: Row) => void
  /** Shows all of the value of a cell. */
  readonly onView: (row: Row, column: string) => void
  readonly onEditCell: (row: Row, column: string) => void
  readonly onLeave: () => void
  readonly onOpenMenu: (column: string) => void
  readonly onToggleSort: (column: string) => void
}

interface Kept extends CellSelection {
  readonly part: string
}

/** The cell cursor, the range around it, and what the keys do at it. */
export function useCellCursor<Row extends GridRecord>(keys: GridKeys<Row>) {
  const [kept, setKept] = useState<Kept | null>(null)
  /** Steps up that wait for the rows to take them in. */
  const stepsUp = useRef(0)
  const isAtEnd = useRef(false)
  const extent: GridExtent = {
    rows: keys.rows.length,
    columns: keys.columns.length,
    screen: Math.max(1, Math.floor(screenHeight(keys.gridRef) / keys.rowHeight) - 1),
  }
  // Derived, so that fewer rows or columns never leave it outside.
  const selection = kept && clampSelection(kept, extent)
  const cursor = selection?.cursor ?? null
  const range = kept?.part === keys.part ? (selection?.range ?? null) : null

  const select = (next: CellSelection) => setKept({ ...next, part: keys.part })
  const setCursor = (next: CellCursor) => select({ cursor: next, range: null })
  const extend = (to: CellCursor) =>
    cursor && cursor.row >= 0 ? select(extendTo({ cursor, range }, to)) : setCursor(to)

  function moveTo(next: CellCursor, isExtending: boolean) {
    if (isExtending) extend(next)
    else setCursor(next)
    if (next.row >= 0) scrollToRow(keys, next.row)
    scrollToColumn(keys, next.column)
  }

  function selectAll(): boolean {
    if (!cursor || extent.rows === 0) return false
    const to = { row: extent.rows - 1, column: extent.columns - 1 }
    select({ cursor, range: { from: { row: 0, column: 0 }, to } })
    return true
  }

  function copy(at: CellCursor): boolean {
    // Selected text is copied by the browser.
    if (window.getSelection()?.isCollapsed === false) return false
    const columns = keys.columns.map(({ column }) => column)
    copyCells(keys.rows, columns, range ?? { from: at, to: at })
    return true
  }

  /** What is asked for lies where no rows are at hand yet. */
  function reachBeyond(event: KeyboardEvent): boolean {
    if (!cursor || event.shiftKey || event.altKey) return false
    const isFar = event.ctrlKey || event.metaKey
    if (event.key === 'ArrowUp' && !isFar && cursor.row === 0 && keys.onReadBack) {
      stepsUp.current = 1
      keys.onReadBack()
      return true
    }
    if (event.key === 'Home' && isFar && keys.onJumpToStart) {
      setCursor({ row: 0, column: 0 })
      keys.onJumpToStart()
      return true
    }
    if (event.key === 'End' && isFar && keys.onJumpToEnd) {
      isAtEnd.current = true
      keys.onJumpToEnd()
      return true
    }
    return false
  }

  function onKeyDown(event: KeyboardEvent) {
    // A menu of the grid is a child in React but not in the document: its keys are its own.
    if (!keys.gridRef.current?.contains(event.target as Node)) return
    if (event.key === 'Escape') return range && cursor ? setCursor(cursor) : keys.onLeave()
    if (!cursor) return
    if (press(event, cursor)) event.preventDefault()
  }

  /** Whether the key does something here. */
  function press(event: KeyboardEvent, at: CellCursor): boolean {
    if (reachBeyond(event)) return true
    const moved = moveCursor(at, event, extent)
    if (moved) {
      moveTo(moved, event.shiftKey && at.row >= 0)
      return true
    }
    if (isCommand(event, 'a')) return selectAll()
    if (at.row < 0) return pressHeading(keys, event, at)
    return isCommand(event, 'c') ? copy(at) : pressCell(keys, event, at)
  }

  function onFocus() {
    if (!kept && extent.columns > 0) setCursor({ row: extent.rows > 0 ? 0 : -1, column: 0 })
  }

  // Rows that came or went before it move it along with its row.
  function onShift(rows: number) {
    const steps = rows > 0 ? stepsUp.current : 0
    stepsUp.current = 0
    if (!selection || selection.cursor.row < 0) return
    const shifted = shiftRows({ cursor: selection.cursor, range }, rows)
    if (steps === 0) return select(shifted)
    moveTo({ ...shifted.cursor, row: Math.max(0, shifted.cursor.row - steps) }, false)
  }

  function onPart() {
    if (!isAtEnd.current) return
    isAtEnd.current = false
    moveTo({ row: extent.rows - 1, column: extent.columns - 1 }, false)
  }

  return { cursor, range, setCursor, extend, onShift, onPart, onKeyDown, onFocus }
}

function isCommand(event: KeyboardEvent, key: string): boolean {
  return event.key === key && (event.ctrlKey || event.metaKey) && !event.shiftKey
}

function pressHeading<Row extends GridRecord>(
  keys: GridKeys<Row>,
  event: KeyboardEvent,
  { column: index }: CellCursor,
): boolean {
  const column = keys.columns[index]?.column
  if (!column) return false
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    keys.onOpenMenu(column.id)
    return true
  }
  if (event.key === 'ArrowDown' && event.altKey) {
    keys.onOpenMenu(column.id)
    return true
  }
  if (event.key !== 'Enter' && event.key !== ' ') return false
  if (column.whyNotSortable === null) keys.onToggleSort(column.id)
  else keys.onOpenMenu(column.id)
  return true
}

function pressCell<Row extends GridRecord>(
  keys: GridKeys<Row>,
  event: KeyboardEvent,
  at: CellCursor,
): boolean {
  const row = keys.rows[at.row]
  const column = keys.columns[at.column]?.column
  if (!row || !column) return false
  if (event.key === ' ') {
    if (event.shiftKey) keys.onOpenRow(row)
    else keys.onView(row, column.id)
    return true
  }
  if (event.key === 'Enter' || event.key === 'F2') {
    keys.onEditCell(row, column.id)
    return true
  }
  return false
}

function screenHeight(gridRef: RefObject<HTMLDivElement | null>): number {
  return (gridRef.current?.clientHeight ?? 0) - headingHeight
}

// All rows are as high, so this needs no measuring, also for rows that have only just come.
function scrollToRow<Row extends GridRecord>({ gridRef, rowHeight }: GridKeys<Row>, row: number) {
  const grid = gridRef.current
  if (!grid) return
  const top = row * rowHeight
  const bottom = top + rowHeight - screenHeight(gridRef)
  if (top < grid.scrollTop) grid.scrollTop = top
  else if (bottom > grid.scrollTop) grid.scrollTop = bottom
}

function scrollToColumn<Row extends GridRecord>(keys: GridKeys<Row>, index: number): void {
  const grid = keys.gridRef.current
  const arePinned = window.innerWidth >= pinsFromWidth
  const pinned = keys.columns.filter(({ isPinned }) => isPinned && arePinned)
  if (!grid || index < pinned.length) return
  const scrolling = keys.columns.slice(pinned.length, index)
  const before = sum(scrolling.map(({ width }) => width))
  const end = before + (keys.columns[index]?.width ?? 0)
  const visible = grid.clientWidth - gutterWidth - sum(pinned.map(({ width }) => width))
  if (before < grid.scrollLeft) grid.scrollLeft = before
  else if (end > grid.scrollLeft + visible) grid.scrollLeft = Math.min(before, end - visible)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}

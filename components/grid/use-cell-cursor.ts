'use client'

import { type KeyboardEvent, type RefObject, useCallback, useState } from 'react'
import { type CellCursor, clampCursor, type GridExtent, moveCursor } from './cell-cursor'
import { gutterWidth, headingHeight, rowHeight } from './measures'
import type { GridRecord, LaidOutColumn } from './use-grid-table'

export interface GridKeys<Row extends GridRecord> {
  readonly columns: readonly LaidOutColumn<Row>[]
  readonly rows: readonly Row[]
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly scrollToRow: (row: number) => void
  readonly onOpenRow: (row: Row) => void
  readonly onEditCell: (row: Row, column: string) => void
  readonly onLeave: () => void
  readonly onOpenMenu: (column: string) => void
  readonly onToggleSort: (column: string) => void
}

/** The cell cursor and what the keys do at it. */
export function useCellCursor<Row extends GridRecord>(keys: GridKeys<Row>) {
  const [raw, setRaw] = useState<CellCursor | null>(null)
  const extent: GridExtent = {
    rows: keys.rows.length,
    columns: keys.columns.length,
    screen: Math.max(1, Math.floor(screenHeight(keys.gridRef) / rowHeight) - 1),
  }
  // Derived, so that fewer rows or columns never leave it outside.
  const cursor = raw && clampCursor(raw, extent)
  const setCursor = useCallback((next: CellCursor) => setRaw(next), [])

  // Rows that came or went before it move it along with its row.
  const shiftCursor = useCallback(
    (rows: number) => setRaw((at) => (at && at.row >= 0 ? { ...at, row: at.row + rows } : at)),
    [],
  )

  function moveTo(next: CellCursor) {
    setRaw(next)
    if (next.row >= 0) keys.scrollToRow(next.row)
    scrollToColumn(keys, next.column)
  }

  function onKeyDown(event: KeyboardEvent) {
    // A menu of the grid is a child in React but not in the document: its keys are its own.
    if (!keys.gridRef.current?.contains(event.target as Node)) return
    if (event.key === 'Escape') return keys.onLeave()
    if (!cursor) return
    const moved = moveCursor(cursor, event, extent)
    if (moved) moveTo(moved)
    else if (!(cursor.row < 0 ? pressHeading(keys, event, cursor) : pressCell(keys, event, cursor)))
      return
    event.preventDefault()
  }

  function onFocus() {
    if (!raw && extent.columns > 0) setRaw({ row: extent.rows > 0 ? 0 : -1, column: 0 })
  }

  return { cursor, setCursor, shiftCursor, onKeyDown, onFocus }
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
  { row: rowIndex, column: index }: CellCursor,
): boolean {
  const row = keys.rows[rowIndex]
  const column = keys.columns[index]?.column
  if (!row || !column) return false
  if (event.key === ' ' && event.shiftKey) {
    keys.onOpenRow(row)
    return true
  }
  if (event.key === 'Enter' || event.key === 'F2') {
    keys.onEditCell(row, column.id)
    return true
  }
  const isCopy = event.key === 'c' && (event.ctrlKey || event.metaKey)
  if (!isCopy || window.getSelection()?.isCollapsed === false) return false
  void navigator.clipboard.writeText(column.text(row))
  return true
}

function screenHeight(gridRef: RefObject<HTMLDivElement | null>): number {
  return (gridRef.current?.clientHeight ?? 0) - headingHeight
}

function scrollToColumn<Row extends GridRecord>(keys: GridKeys<Row>, index: number): void {
  const grid = keys.gridRef.current
  if (!grid) return
  const before = keys.columns.slice(0, index).reduce((sum, { width }) => sum + width, 0)
  const end = before + (keys.columns[index]?.width ?? 0)
  const visible = grid.clientWidth - gutterWidth
  if (before < grid.scrollLeft) grid.scrollLeft = before
  else if (end > grid.scrollLeft + visible) grid.scrollLeft = Math.min(before, end - visible)
}

'use client'

import { type MouseEvent, type ReactNode, type RefObject, useState } from 'react'
import { PlacedMenu } from '@/components/ui/menu'
import type { CellCursor } from './cell-cursor'
import { cellAt, cellOf } from './cell-of'
import type { GridRecord, LaidOutColumn } from './use-grid-table'

interface CellMenuOptions<Row extends GridRecord> {
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly rows: readonly Row[]
  readonly columns: readonly LaidOutColumn<Row>[]
  /** Where the keyboard is. */
  readonly cursor: CellCursor | null
  /** What can be done with a cell. Without it the browser's own menu opens. */
  readonly renderItems: ((row: Row, column: string) => ReactNode) | undefined
}

interface Opened {
  readonly cell: CellCursor
  readonly x: number
  readonly y: number
}

/** The menu of a cell: by the right button on it, or by the menu key or Shift F10 on the cell cursor. */
export function useCellMenu<Row extends GridRecord>(
  options: CellMenuOptions<Row>,
): {
  readonly onContextMenu: (event: MouseEvent<HTMLDivElement>) => void
  readonly menu: ReactNode
} {
  const { gridRef, rows, columns, cursor, renderItems } = options
  const [opened, setOpened] = useState<Opened | null>(null)
  const row = opened && rows[opened.cell.row]
  const column = opened && columns[opened.cell.column]

  function open(event: MouseEvent<HTMLDivElement>) {
    const grid = gridRef.current
    if (!renderItems || !grid) return
    const isByKey = event.target === grid
    const cell = isByKey ? cursor : cellOf(grid, event.target)
    if (!cell || cell.row < 0 || !rows[cell.row]) return
    event.preventDefault()
    const { x, y } = isByKey ? below(cellAt(grid, cell), event) : at(event)
    setOpened({ cell, x, y })
  }

  return {
    onContextMenu: open,
    menu: row && column && renderItems && (
      <PlacedMenu
        x={opened.x}
        y={opened.y}
        label="What to do with the cell"
        onClose={() => setOpened(null)}
        finalFocus={gridRef}
      >
        {renderItems(row, column.column.id)}
      </PlacedMenu>
    ),
  }
}

function below(cell: HTMLElement | null, event: MouseEvent) {
  const box = cell?.getBoundingClientRect()
  return box ? { x: box.left + 8, y: box.bottom } : at(event)
}

function at({ clientX, clientY }: MouseEvent) {
  return { x: clientX, y: clientY }
}

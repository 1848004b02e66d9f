'use client'

import { type ReactNode, type RefObject, useState } from 'react'
import { AnchoredPopover } from '@/components/ui/anchored-popover'
import { CopyButton } from '@/components/ui/copy-button'
import { cellAt } from './cell-of'
import { cellText, type GridColumn } from './grid-column'
import type { GridRecord, LaidOutColumn } from './use-grid-table'

interface CellViewOptions<Row extends GridRecord> {
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly rows: readonly Row[]
  readonly columns: readonly LaidOutColumn<Row>[]
}

/** All of a cell's value over the cell. Escape goes back to the grid, which has the next key already. */
export function useCellView<Row extends GridRecord>(
  options: CellViewOptions<Row>,
): {
  readonly open: (row: Row, column: string) => void
  readonly view: ReactNode
} {
  const { gridRef, rows, columns } = options
  // By name: rows may come before it while one reads.
  const [opened, setOpened] = useState<{ row: string; column: string } | null>(null)
  const rowIndex = opened ? rows.findIndex(({ id }) => id === opened.row) : -1
  const columnIndex = columns.findIndex(({ column }) => column.id === opened?.column)
  const row = rows[rowIndex]
  const column = columns[columnIndex]?.column
  const close = () => setOpened(null)

  return {
    open: ({ id }, column) => setOpened({ row: id, column }),
    view: row && column && (
      <AnchoredPopover
        onClose={close}
        anchor={() => cellAt(gridRef.current, { row: rowIndex, column: columnIndex })}
        title={column.label}
        finalFocus={gridRef}
        actions={<CopyButton text={() => cellText(column, row)} label={`Copy ${column.label}`} />}
      >
        {contentOf(column, row, close)}
      </AnchoredPopover>
    ),
  }
}

function contentOf<Row>(column: GridColumn<Row>, row: Row, close: () => void) {
  const reason = column.whyHatched?.(row) ?? null
  if (reason !== null) return <p className="text-muted">{reason}</p>
  if (column.view) return column.view(row, close)
  return <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{column.text(row)}</p>
}

'use client'

import { type RefObject, useRef } from 'react'
import { AnchoredPopover } from '@/components/ui/anchored-popover'
import { CopyButton } from '@/components/ui/copy-button'
import { cellText, type GridColumn } from './grid-column'
import type { GridRecord } from './use-grid-table'

interface CellViewProps<Row extends GridRecord> {
  /** Both null or undefined while nothing is viewed. */
  readonly row: Row | null | undefined
  readonly column: GridColumn<Row> | null | undefined
  readonly anchor: () => Element | null
  readonly onClose: () => void
  readonly gridRef: RefObject<HTMLDivElement | null>
}

/** All of a cell's value over the cell. Escape goes back to the cell. */
export function CellView<Row extends GridRecord>(props: CellViewProps<Row>) {
  const { row, column } = props
  const isOpen = Boolean(row && column)
  const last = useRef({ row, column })
  // While it closes it shows what it showed.
  if (isOpen) last.current = { row, column }
  const shown = last.current
  return (
    <AnchoredPopover
      isOpen={isOpen}
      onClose={props.onClose}
      anchor={props.anchor}
      title={shown.column?.label ?? ''}
      finalFocus={props.gridRef}
      actions={
        shown.row &&
        shown.column && (
          <CopyButton text={textOf(shown.column, shown.row)} label={`Copy ${shown.column.label}`} />
        )
      }
    >
      {shown.row && shown.column && contentOf(shown.column, shown.row, props.onClose)}
    </AnchoredPopover>
  )
}

function textOf<Row>(column: GridColumn<Row>, row: Row): () => string {
  return () => cellText(column, row)
}

function contentOf<Row>(column: GridColumn<Row>, row: Row, close: () => void) {
  const reason = column.whyHatched?.(row) ?? null
  if (reason !== null) return <p className="text-muted">{reason}</p>
  if (column.view) return column.view(row, close)
  return <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{column.text(row)}</p>
}

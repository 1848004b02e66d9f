'use client'

import {
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  type Header,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import type { GridColumn } from './grid-column'
import { clampWidth, type GridLayout, orderColumns, widthRange } from './grid-layout'

const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnVisibilityFeature,
  columnSizingFeature,
  columnResizingFeature,
})

export interface GridRecord {
  readonly id: string
}

export type GridHeader = Header<typeof features, GridRecord>

interface GridTableOptions<Row extends GridRecord> {
  readonly columns: readonly GridColumn<Row>[]
  readonly rows: readonly Row[]
  readonly layout: GridLayout
  readonly onLayoutChange: (layout: GridLayout) => void
}

/** A visible column with the width it has now, also while it is being dragged. */
export interface LaidOutColumn<Row> {
  readonly column: GridColumn<Row>
  readonly header: GridHeader
  readonly width: number
  /** Whether it stays at the left. Those that do come first. */
  readonly isPinned: boolean
}

const helper = createColumnHelper<typeof features, GridRecord>()
const noRows: GridRecord[] = []

/**
 * The layout half of the table: which columns, in which order, how wide. Sorting and paging happen
 * on the server and rows are drawn as they come, so no row model is needed.
 */
export function useGridTable<Row extends GridRecord>(options: GridTableOptions<Row>) {
  const { columns, layout, onLayoutChange } = options
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const definitions = useMemo(
    () => helper.columns(columns.map(({ id, width }) => helper.display({ id, size: width }))),
    [columns],
  )
  const state = useMemo(() => {
    const columnOrder = [...orderColumns([...byId.keys()], layout.order)]
    return {
      columnOrder,
      columnPinning: { start: columnOrder.filter((id) => layout.pinned.includes(id)), end: [] },
      columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
      columnSizing: { ...layout.widths },
    }
  }, [byId, layout])

  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    defaultColumn: { minSize: widthRange.min, maxSize: widthRange.max },
    columnResizeMode: 'onEnd',
    state,
    onColumnSizingChange: (updater) => {
      const next = typeof updater === 'function' ? updater(state.columnSizing) : updater
      const widths = Object.entries(next).map(([id, width]) => [id, clampWidth(width)])
      onLayoutChange({ ...layout, widths: Object.fromEntries(widths) })
    },
  })

  const { isResizingColumn, deltaOffset } = table.state.columnResizing
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  const laidOut = headers.flatMap((header): LaidOutColumn<Row>[] => {
    const column = byId.get(header.column.id)
    if (!column) return []
    const dragged = isResizingColumn === column.id ? (deltaOffset ?? 0) : 0
    const width = clampWidth(header.getSize() + dragged)
    return [{ column, header, width, isPinned: header.column.getIsPinned() === 'start' }]
  })
  return { laidOut, isResizing: isResizingColumn !== false }
}

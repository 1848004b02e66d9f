// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold virtual rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus

'use client'

import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useCallback,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { cn } from '@/components/ui/cn'
import { useHydrated } from '@/components/ui/use-hydrated'
import { fittingWidth } from './fitting-width'
import { type GridColumn, type GridSort, nextSort, type RowTone } from './grid-column'
import { GridHeading } from './grid-heading'
import type { GridLayout } from './grid-layout'
import { GridRows } from './grid-rows'
import { gutterWidth, rowHeights } from './measures'
import { type GridKeys, useCellCursor } from './use-cell-cursor'
import { useCellMenu } from './use-cell-menu'
import { useCellView } from './use-cell-view'
import { useDrawnColumns } from './use-drawn-columns'
import { useEndlessScroll } from './use-endless-scroll'
import { type GridRecord, useGridTable } from './use-grid-table'
import { useRangeDrag } from './use-range-drag'

export interface GridProps<Row extends GridRecord> {
  /** Accessible name. */
  readonly label: string
  readonly columns: readonly GridColumn<Row>[]
  readonly rows: readonly Row[]
  /** Names what the rows are of. Another begins at its top; more rows of the same leave things in place. */
  readonly part: string
  /** Few rows are left before the first of those in view, or after the last. Called again and again. */
  readonly onNearStart?: () => void
  readonly onNearEnd?: () => void
  /** The row at the top, among the rows at hand, from 0. */
  readonly onTopRow?: (row: number) => void
  /** To the first or the last of all rows, which is not at hand. */
  readonly onJump?: (to: 'start' | 'end') => void
  /** How many rows come before the first of these. */
  readonly offset: number
  /** Rows in all, or null when that is not known. */
  readonly total: number | null
  readonly layout: GridLayout
  readonly onLayoutChange: (layout: GridLayout) => void
  readonly sort: GridSort | null
  /** Null returns to the order in which rows come by themselves. */
  readonly onSort: (sort: GridSort | null) => void
  readonly openRow: string | null
  readonly onOpenRow: (row: Row) => void
  readonly onEditCell: (row: Row, column: string) => void
  /** Escape, with nothing of the grid's own left to leave. */
  readonly onLeave: () => void
  readonly isBusy: boolean
  /** Cells to be marked as changed, by row and column. */
  readonly changed?: ReadonlyMap<string, ReadonlySet<string>>
  /** How a row is drawn; all are normal without it. */
  readonly toneOf?: (row: Row) => RowTone
  /** What can be done with a cell, as items of a menu. */
  readonly cellMenu?: (row: Row, column: string) => ReactNode
  /** The element that has the keyboard, for giving it back. */
  readonly gridRef: RefObject<HTMLDivElement | null>
  /** In place of rows. */
  readonly empty?: ReactNode
}

/**
 * The one data grid. It knows nothing of what it shows. One tab stop: inside, a cell cursor moves
 * by keyboard (ARIA grid pattern, with aria-activedescendant because rows are virtual), and a rectangle
 * of cells can be selected and copied. Sorting, paging and layout belong to its owner, who keeps them in the address.
 */
export function Grid<Row extends GridRecord>(props: GridProps<Row>) {
  const { columns, rows, layout, onLayoutChange, gridRef } = props
  const prefix = useId()
  const table = useGridTable({ columns, rows, layout, onLayoutChange })
  const { laidOut } = table
  const columnIds = useMemo(() => columns.map(({ id }) => id), [columns])
  const drawn = useDrawnColumns(columns, laidOut, gridRef)
  const [menuColumn, setMenuColumn] = useState<string | null>(null)
  const actions = useRowActions(props)
  const rowHeight = rowHeights[layout.density]
  const isHydrated = useHydrated()

  const cellView = useCellView({ gridRef, rows, columns: laidOut })
  const keys: GridKeys<Row> = {
    columns: laidOut,
    rows,
    part: props.part,
    rowHeight,
    gridRef,
    ...reachOf(props),
    onOpenRow: props.onOpenRow,
    onView: cellView.open,
    onEditCell: props.onEditCell,
    onLeave: props.onLeave,
    onOpenMenu: setMenuColumn,
    onToggleSort: (column) => props.onSort(nextSort(props.sort, column)),
  }
  const { cursor, range, setCursor, extend, onShift, onPart, onKeyDown, onFocus } =
    useCellCursor(keys)
  const drag = useRangeDrag({ gridRef, onPress: setCursor, onExtend: extend })
  const cellMenu = useCellMenu({
    gridRef,
    rows,
    columns: laidOut,
    cursor,
    renderItems: props.cellMenu,
  })
  const scrolling = useEndlessScroll({ ...props, rowHeight, onShift, onPart })

  function fit(id: string) {
    const index = laidOut.findIndex(({ column }) => column.id === id)
    const width = gridRef.current && fittingWidth(gridRef.current, index)
    if (width) onLayoutChange({ ...layout, widths: { ...layout.widths, [id]: width } })
  }

  const totalWidth = laidOut.reduce((sum, { width }) => sum + width, gutterWidth)
  const style = { '--total': `${totalWidth}px`, '--row': `${rowHeight}px` } as CSSProperties

  return (
    <div
      ref={gridRef}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.total === null ? -1 : props.total + 1}
      aria-colcount={laidOut.length + 1}
      aria-multiselectable
      // Drawn by the server it does nothing yet.
      aria-busy={props.isBusy || !isHydrated}
      aria-activedescendant={cursor ? `${prefix}${cursor.row}-${cursor.column}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onMouseDown={drag.onMouseDown}
      onContextMenu={cellMenu.onContextMenu}
      {...scrolling}
      style={style}
      className={cn(
        'group/grid relative h-full overflow-auto [overflow-anchor:none] overscroll-contain bg-surface outline-none',
        drag.isDragging && 'select-none',
        table.isResizing && 'cursor-col-resize select-none',
      )}
    >
      <GridHeading
        columns={laidOut}
        drawn={drawn}
        columnIds={columnIds}
        layout={layout}
        onLayoutChange={onLayoutChange}
        sort={props.sort}
        onSort={props.onSort}
        cursorColumn={cursor?.row === -1 ? cursor.column : null}
        onCursor={(column) => setCursor({ row: -1, column })}
        onFit={fit}
        menuColumn={menuColumn}
        onMenuChange={setMenuColumn}
        idPrefix={prefix}
        gridRef={gridRef}
      />
      <GridRows
        rows={rows}
        columns={drawn}
        rowHeight={rowHeight}
        offset={props.offset}
        onNearEnd={props.onNearEnd}
        openRow={props.openRow}
        toneOf={props.toneOf}
        changed={props.changed}
        cursor={cursor}
        range={range}
        {...actions}
        isBusy={props.isBusy}
        idPrefix={prefix}
      />
      {cellMenu.menu}
      {cellView.view}
      {/* A grid holds rows of cells and nothing else, so what is said in their place is one, too. */}
      {rows.length === 0 && (
        <div role="rowgroup" className="sticky left-0">
          <div role="row">
            <div role="gridcell" aria-colindex={1} aria-colspan={laidOut.length + 1}>
              {props.empty}
            </div>
          </div>
        </div>
      )}
    </div>
  )
}

/** Where the rows at hand are not all there are: the ways to the others. */
function reachOf<Row extends GridRecord>({
  rows,
  offset,
  total,
  onJump,
  onNearStart,
}: GridProps<Row>): Pick<GridKeys<Row>, 'onReadBack' | 'onJumpToStart' | 'onJumpToEnd'> {
  const hasBefore = offset > 0
  const hasAfter = total !== null && offset + rows.length < total
  return {
    onReadBack: hasBefore ? onNearStart : undefined,
    onJumpToStart: hasBefore && onJump ? () => onJump('start') : undefined,
    onJumpToEnd: hasAfter && onJump ? () => onJump('end') : undefined,
  }
}

/** The same functions as long as the grid is there, so that no row is drawn again for a new one. */
function useRowActions<Row extends GridRecord>(
  props: Pick<GridProps<Row>, 'onOpenRow' | 'onEditCell'>,
) {
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  const onOpenRow = useCallback((row: Row) => latest.current.onOpenRow(row), [])
  const onEditCell = useCallback(
    (row: Row, column: string) => latest.current.onEditCell(row, column),
    [],
  )
  return { onOpenRow, onEditCell }
}

'use client'

import {
  ArrowDownWideNarrow,
  ArrowLeft,
  ArrowRight,
  ArrowUpNarrowWide,
  ChevronsLeftRight,
  ChevronsRightLeft,
  EyeOff,
  Pin,
  PinOff,
  RulerDimensionLine,
  UnfoldHorizontal,
} from 'lucide-react'
import type { ReactElement, RefObject } from 'react'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import type { GridSort } from './grid-column'
import {
  clampWidth,
  type GridLayout,
  moveColumn,
  neighbour,
  toggled,
  widthStep,
} from './grid-layout'
import type { GridRecord, LaidOutColumn } from './use-grid-table'

interface ColumnMenuProps<Row extends GridRecord> {
  readonly laidOut: LaidOutColumn<Row>
  readonly columns: readonly LaidOutColumn<Row>[]
  /** Of all columns, as they are described. */
  readonly columnIds: readonly string[]
  readonly layout: GridLayout
  readonly onLayoutChange: (layout: GridLayout) => void
  readonly sort: GridSort | null
  readonly onSort: (sort: GridSort | null) => void
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly trigger: ReactElement
  /** Makes the column as wide as what it holds. */
  readonly onFit: (column: string) => void
  /** Gets the focus back. */
  readonly gridRef: RefObject<HTMLDivElement | null>
}

/** All that can be done to a column, for those who do not drag. */
export function ColumnMenu<Row extends GridRecord>(props: ColumnMenuProps<Row>) {
  const { laidOut, layout, onLayoutChange, columnIds, onSort } = props
  const { id, whyNotSortable } = laidOut.column
  const visible = props.columns.map(({ column }) => column.id)
  const left = neighbour(visible, layout.pinned, { column: id, step: -1 })
  const right = neighbour(visible, layout.pinned, { column: id, step: 1 })
  const isSorted = props.sort?.column === id

  const moveTo = (target: string | undefined) =>
    target &&
    onLayoutChange({
      ...layout,
      order: moveColumn(columnIds, layout.order, { column: id, to: target }),
    })
  const widen = (step: number) =>
    onLayoutChange({
      ...layout,
      widths: { ...layout.widths, [id]: clampWidth(laidOut.width + step) },
    })
  const resetWidth = () => {
    const { [id]: _, ...widths } = layout.widths
    onLayoutChange({ ...layout, widths })
  }

  return (
    <Menu
      trigger={props.trigger}
      open={props.isOpen}
      onOpenChange={props.onOpenChange}
      finalFocus={props.gridRef}
      align="end"
      className="w-60"
    >
      {whyNotSortable === null ? (
        <>
          <MenuItem
            icon={<ArrowUpNarrowWide />}
            onClick={() => onSort({ column: id, direction: 'asc' })}
          >
            Sort ascending
          </MenuItem>
          <MenuItem
            icon={<ArrowDownWideNarrow />}
            onClick={() => onSort({ column: id, direction: 'desc' })}
          >
            Sort descending
          </MenuItem>
          {isSorted && <MenuItem onClick={() => onSort(null)}>Do not sort</MenuItem>}
        </>
      ) : (
        <p className="px-2 py-1.5 text-muted text-xs">{whyNotSortable}</p>
      )}
      <MenuSeparator />
      <MenuItem icon={<ArrowLeft />} disabled={!left} onClick={() => moveTo(left)}>
        Move left
      </MenuItem>
      <MenuItem icon={<ArrowRight />} disabled={!right} onClick={() => moveTo(right)}>
        Move right
      </MenuItem>
      <MenuItem
        icon={laidOut.isPinned ? <PinOff /> : <Pin />}
        onClick={() => onLayoutChange({ ...layout, pinned: toggled(layout.pinned, id) })}
      >
        {laidOut.isPinned ? 'Unpin' : 'Pin to the left'}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<UnfoldHorizontal />} onClick={() => props.onFit(id)}>
        Fit the width to what is in view
      </MenuItem>
      <MenuItem icon={<ChevronsLeftRight />} closeOnClick={false} onClick={() => widen(widthStep)}>
        Wider
      </MenuItem>
      <MenuItem icon={<ChevronsRightLeft />} closeOnClick={false} onClick={() => widen(-widthStep)}>
        Narrower
      </MenuItem>
      <MenuItem
        icon={<RulerDimensionLine />}
        disabled={!(id in layout.widths)}
        onClick={resetWidth}
      >
        Reset width
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<EyeOff />}
        disabled={visible.length < 2}
        onClick={() => onLayoutChange({ ...layout, hidden: toggled(layout.hidden, id) })}
      >
        Hide
      </MenuItem>
    </Menu>
  )
}

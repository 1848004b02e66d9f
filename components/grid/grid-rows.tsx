// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold virtual rows

'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useLayoutEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import { inPlaces, placeOf } from './block-places'
import type { CellCursor } from './cell-cursor'
import { type CellRange, columnsInRow } from './cell-range'
import type { RowTone } from './grid-column'
import { GridRow, mutedLabelOf } from './grid-row'
import { headingHeight } from './measures'
import type { DrawnColumn } from './use-drawn-columns'
import { nearRows } from './use-endless-scroll'
import type { GridRecord } from './use-grid-table'

interface GridRowsProps<Row extends GridRecord> {
  readonly rows: readonly Row[]
  readonly columns: readonly DrawnColumn<Row>[]
  readonly rowHeight: number
  readonly offset: number
  readonly onNearEnd: (() => void) | undefined
  readonly openRow: string | null
  readonly toneOf: ((row: Row) => RowTone) | undefined
  readonly changed: ReadonlyMap<string, ReadonlySet<string>> | undefined
  readonly cursor: CellCursor | null
  readonly range: CellRange | null
  readonly onOpenRow: (row: Row) => void
  readonly onEditCell: (row: Row, column: string) => void
  readonly isBusy: boolean
  readonly idPrefix: string
}

/** So many rows are placed together: to place an element costs the browser more than to draw its text. */
const blockLength = 8

/** Blocks drawn beyond either edge of what is in view. */
const overscan = 1

/**
 * The rows in view and those near them, inside of what scrolls. Scrolling redraws nothing of the grid but
 * these, and of these only the rows that have come.
 */
export function GridRows<Row extends GridRecord>(props: GridRowsProps<Row>) {
  const { rows, rowHeight, onNearEnd } = props
  const group = useRef<HTMLDivElement>(null)
  const blockHeight = blockLength * rowHeight
  const count = Math.ceil(rows.length / blockLength)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => group.current?.parentElement ?? null,
    estimateSize: () => blockHeight,
    scrollMargin: headingHeight,
    overscan,
    // Enough for a first paint from the server; the browser measures at once.
    initialRect: { width: 1000, height: 900 },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are as high as it says
  useLayoutEffect(() => virtualizer.measure(), [rowHeight, virtualizer])

  const items = virtualizer.getVirtualItems()
  const height = virtualizer.scrollRect?.height ?? 0
  const places = Math.max(items.length, Math.ceil(height / blockHeight) + 1 + 2 * overscan)
  // As many as there are places, so that none of these comes and goes.
  const first = Math.max(0, Math.min(items[0]?.index ?? 0, count - places))
  const last = Math.min(first + places, count) - 1
  useEffect(() => {
    if ((last + 1) * blockLength > rows.length - nearRows) onNearEnd?.()
  })
  const isScrolling = virtualizer.isScrolling
  const blocks = useOrder({ first, last, places, isScrolling })

  return (
    <div
      ref={group}
      role="rowgroup"
      className={cn(
        'relative w-(--total) min-w-full transition-opacity',
        props.isBusy && 'opacity-60',
      )}
      style={{ height: rows.length * rowHeight }}
    >
      {blocks.map((block) => (
        <div
          key={placeOf(block, places)}
          role="presentation"
          className="absolute left-0 w-full contain-layout"
          style={{ transform: `translateY(${block * blockHeight}px)` }}
        >
          <Block {...props} from={block * blockLength} />
        </div>
      ))}
    </div>
  )
}

interface BlockProps<Row extends GridRecord> extends GridRowsProps<Row> {
  /** The first of its rows. */
  readonly from: number
}

function BlockRows<Row extends GridRecord>(props: BlockProps<Row>) {
  const { rows, from, cursor } = props
  return (
    <>
      {rows.slice(from, from + blockLength).map((row, at) => {
        const index = from + at
        const selected = columnsInRow(props.range, index)
        return (
          <GridRow
            key={placeOf(index, blockLength)}
            row={row}
            columns={props.columns}
            index={index}
            number={props.offset + index + 1}
            isOpen={row.id === props.openRow}
            mutedLabel={mutedLabelOf(props.toneOf?.(row))}
            cursorColumn={cursor?.row === index ? cursor.column : null}
            changed={props.changed?.get(row.id)}
            selectedFrom={selected?.[0] ?? null}
            selectedTo={selected?.[1] ?? null}
            onOpenRow={props.onOpenRow}
            onEditCell={props.onEditCell}
            idPrefix={props.idPrefix}
          />
        )
      })}
    </>
  )
}

// Those that stay in view while others come have nothing to draw.
const Block = memo(BlockRows) as typeof BlockRows
interface Drawn {
  readonly first: number
  readonly last: number
  readonly places: number
  readonly isScrolling: boolean
}

/**
 * In which order blocks stand in the document: at rest in their own, for whoever reads it; while it scrolls,
 * each stays where it was, because moving elements costs as much as making them.
 */
function useOrder({ first, last, places, isScrolling }: Drawn): readonly number[] {
  const firstAtRest = useRef(0)
  useLayoutEffect(() => {
    if (!isScrolling) firstAtRest.current = first
  })
  const blocks = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  return isScrolling ? inPlaces(blocks, { places, first: firstAtRest.current }) : blocks
}

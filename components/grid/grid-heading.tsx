// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold virtual rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus

'use client'

import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react'
import { type DragEvent, type RefObject, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { ColumnMenu } from './column-menu'
import { type GridSort, nextSort } from './grid-column'
import { type GridLayout, placeColumn } from './grid-layout'
import { cellStyle, pinnedClass } from './grid-row'
import type { DrawnColumn } from './use-drawn-columns'
import type { GridRecord, LaidOutColumn } from './use-grid-table'

export interface GridHeadingProps<Row extends GridRecord> {
  readonly columns: readonly LaidOutColumn<Row>[]
  readonly drawn: readonly DrawnColumn<Row>[]
  /** Of all columns, as they are described. */
  readonly columnIds: readonly string[]
  readonly layout: GridLayout
  readonly onLayoutChange: (layout: GridLayout) => void
  readonly sort: GridSort | null
  readonly onSort: (sort: GridSort | null) => void
  readonly cursorColumn: number | null
  readonly onCursor: (column: number) => void
  /** Makes a column as wide as what it holds. */
  readonly onFit: (column: string) => void
  readonly menuColumn: string | null
  readonly onMenuChange: (column: string | null) => void
  readonly idPrefix: string
  readonly gridRef: RefObject<HTMLDivElement | null>
}

/** The headings: sort by a click, move by dragging, resize at the edge, and all of it by menu. */
export function GridHeading<Row extends GridRecord>(props: GridHeadingProps<Row>) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)

  function drop(target: string) {
    if (dragged && dragged !== target) {
      const move = { column: dragged, to: target }
      props.onLayoutChange(placeColumn(props.columnIds, props.layout, move))
    }
    setDragged(null)
    setOver(null)
  }

  return (
    <div role="rowgroup" className="sticky top-0 z-20 w-(--total) min-w-full">
      <div
        role="row"
        aria-rowindex={1}
        className="flex h-[34px] w-full border-line-strong border-b bg-sunken"
      >
        <div
          role="columnheader"
          aria-colindex={1}
          className="sticky left-0 z-10 flex w-13 shrink-0 items-center justify-center border-line border-r bg-sunken text-2xs text-faint"
        >
          <span aria-hidden="true">#</span>
          <span className="sr-only">Record</span>
        </div>
        {props.drawn.map((drawn) => {
          const laidOut = props.columns[drawn.index]
          const { id } = drawn.column
          return (
            laidOut && (
              <Heading
                key={id}
                {...props}
                laidOut={laidOut}
                place={drawn}
                isDropTarget={over === id && dragged !== id}
                onDragStart={() => setDragged(id)}
                onDragOver={(event) => {
                  if (!dragged) return
                  event.preventDefault()
                  setOver(id)
                }}
                onDrop={() => drop(id)}
                onDragEnd={() => {
                  setDragged(null)
                  setOver(null)
                }}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

interface HeadingProps<Row extends GridRecord> extends GridHeadingProps<Row> {
  readonly laidOut: LaidOutColumn<Row>
  readonly place: DrawnColumn<Row>
  readonly isDropTarget: boolean
  readonly onDragStart: () => void
  readonly onDragOver: (event: DragEvent) => void
  readonly onDrop: () => void
  readonly onDragEnd: () => void
}

function Heading<Row extends GridRecord>(props: HeadingProps<Row>) {
  const { laidOut, place, sort } = props
  const { index } = place
  const { column, header } = laidOut
  const direction = sort?.column === column.id ? sort.direction : null
  const resize = header.getResizeHandler()
  const isMenuOpen = props.menuColumn === column.id
  const menuButton = {
    type: 'button',
    tabIndex: -1,
    'aria-label': `Column ${column.label}`,
    className:
      'mr-1.5 hidden size-5 shrink-0 coarse:flex items-center justify-center rounded text-muted hover:bg-hover hover:text-ink group-hover/heading:flex data-[popup-open]:flex',
  } as const
  const menuIcon = <ChevronDown aria-hidden="true" className="size-3.5" />

  return (
    <div
      id={`${props.idPrefix}-1-${index}`}
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={direction ? (direction === 'asc' ? 'ascending' : 'descending') : 'none'}
      onDragOver={props.onDragOver}
      onDrop={props.onDrop}
      style={cellStyle(place)}
      className={cn(
        'group/heading relative flex shrink-0 items-center border-line border-r',
        place.pinnedAt !== null && pinnedClass,
        props.isDropTarget && 'bg-accent-soft',
        props.cursorColumn === index &&
          'after:pointer-events-none after:absolute after:inset-0 after:border-2 after:border-line-strong group-focus/grid:after:border-accent',
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        draggable
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', column.label)
          props.onDragStart()
        }}
        onDragEnd={props.onDragEnd}
        onClick={() => {
          props.onCursor(index)
          props.gridRef.current?.focus({ preventScroll: true })
          if (column.whyNotSortable === null) props.onSort(nextSort(sort, column.id))
        }}
        title={[column.note, column.whyNotSortable].filter(Boolean).join('\n')}
        className={cn(
          'flex h-full min-w-0 flex-1 items-center gap-1.5 pr-1 pl-2 text-left font-medium text-xs',
          column.align === 'end' && 'flex-row-reverse pr-1 text-right',
        )}
      >
        {column.icon}
        <span className="min-w-0 truncate">{column.label}</span>
        {direction && (
          <span aria-hidden="true" className="shrink-0 text-accent-text [&>svg]:size-3">
            {direction === 'asc' ? <ArrowUp /> : <ArrowDown />}
          </span>
        )}
      </button>
      {isMenuOpen ? (
        <ColumnMenu
          {...props}
          isOpen
          onOpenChange={(isOpen) => props.onMenuChange(isOpen ? column.id : null)}
          trigger={<button {...menuButton}>{menuIcon}</button>}
        />
      ) : (
        // A menu for each of many headings would be most of what a heading costs.
        <button {...menuButton} aria-haspopup="menu" onClick={() => props.onMenuChange(column.id)}>
          {menuIcon}
        </button>
      )}
      <div
        aria-hidden="true"
        onMouseDown={(event) => {
          // Or the browser takes it for a drag of the heading that the wider column puts below it.
          event.preventDefault()
          resize(event)
        }}
        onTouchStart={resize}
        onDoubleClick={() => props.onFit(column.id)}
        className={cn(
          'absolute top-0 -right-1 z-10 h-full w-2 cursor-col-resize touch-none after:absolute after:top-0 after:left-[3px] after:h-full after:w-0.5 hover:after:bg-accent',
          header.column.getIsResizing() && 'after:bg-accent',
        )}
      />
    </div>
  )
}

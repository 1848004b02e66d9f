// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold virtual rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus

'use client'

import { Lock, PanelRightOpen } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import { cn } from '@/components/ui/cn'
import type { RowTone } from './grid-column'
import { untitledLength } from './measures'
import type { DrawnColumn } from './use-drawn-columns'
import type { GridRecord } from './use-grid-table'

interface GridRowProps<Row extends GridRecord> {
  readonly row: Row
  readonly columns: readonly DrawnColumn<Row>[]
  /** Among the rows at hand, from 0. */
  readonly index: number
  /** Among all rows, from 1. */
  readonly number: number
  readonly isOpen: boolean
  /** Why the row steps back, or null. */
  readonly mutedLabel: string | null
  readonly cursorColumn: number | null
  /** The first and the last selected column, or null when none is. */
  readonly selectedFrom: number | null
  readonly selectedTo: number | null
  /** Columns whose value has just changed. */
  readonly changed: ReadonlySet<string> | undefined
  readonly onOpenRow: (row: Row) => void
  readonly onEditCell: (row: Row, column: string) => void
  readonly idPrefix: string
}

function Row<R extends GridRecord>(props: GridRowProps<R>) {
  const { row, columns, index, isOpen, mutedLabel } = props
  return (
    <div
      role="row"
      aria-rowindex={props.number + 1}
      aria-current={isOpen || undefined}
      className={cn(
        'group/row relative flex h-(--row) border-line border-b text-sm',
        isOpen ? 'bg-accent-soft' : 'bg-surface hover:bg-hover',
        mutedLabel !== null && 'text-muted',
      )}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        className="sticky left-0 z-10 w-13 shrink-0 border-line border-r bg-inherit text-2xs text-faint"
      >
        <button
          type="button"
          tabIndex={-1}
          aria-label={[`Open record ${props.number}`, mutedLabel].filter(Boolean).join(', ')}
          title={[mutedLabel, 'Open record (Shift Space)'].filter(Boolean).join('\n')}
          onClick={() => props.onOpenRow(row)}
          className={cn(oneLine, 'block w-full text-center hover:text-accent-text')}
        >
          <span className={cn(isOpen ? 'hidden' : 'coarse:hidden group-hover/row:hidden')}>
            {mutedLabel === null ? props.number : lock}
          </span>
          {isOpen ? openSign : openSignOnHover}
        </button>
      </div>
      {columns.map((drawn) => (
        <GridCell
          key={drawn.column.id}
          {...drawn}
          row={row}
          rowIndex={index}
          idPrefix={props.idPrefix}
          isSelected={isBetween(drawn.index, props.selectedFrom, props.selectedTo)}
          hasCursor={props.cursorColumn === drawn.index}
          hasChanged={props.changed?.has(drawn.column.id) ?? false}
          onEdit={props.onEditCell}
        />
      ))}
    </div>
  )
}

// Made once, for a row that is drawn again has nothing to do for them.
const lock = <Lock aria-hidden="true" className="inline size-3 align-[-1.5px]" />
const openSign = <PanelRightOpen aria-hidden="true" className="inline size-3.5 align-[-3px]" />
const openSignOnHover = (
  <PanelRightOpen
    aria-hidden="true"
    className="coarse:inline hidden size-3.5 align-[-3px] group-hover/row:inline"
  />
)

interface GridCellProps<Row> extends DrawnColumn<Row> {
  readonly row: Row
  readonly rowIndex: number
  readonly idPrefix: string
  readonly isSelected: boolean
  readonly hasCursor: boolean
  readonly hasChanged: boolean
  readonly onEdit: (row: Row, column: string) => void
}

function Cell<R extends GridRecord>(props: GridCellProps<R>) {
  const { column, row, index } = props
  const whyHatched = column.whyHatched?.(row) ?? null
  const content = props.isAsleep || whyHatched !== null ? null : column.render(row)
  const isText = typeof content === 'string'
  return (
    <div
      // For the grid to name the cell that has the cursor. All others can do without.
      id={props.hasCursor ? `${props.idPrefix}${props.rowIndex}-${index}` : undefined}
      role="gridcell"
      aria-colindex={index + 2}
      aria-selected={props.isSelected}
      data-cell={`${props.rowIndex}:${index}`}
      onDoubleClick={() => props.onEdit(row, column.id)}
      title={isText ? titleOf(content, props) : undefined}
      style={cellStyle(props)}
      className={cn(
        'relative shrink-0 overflow-hidden border-line/60 border-r px-2',
        // A text needs no box of its own: a thousand of them are much of what scrolling takes.
        isText ? cn(oneLine, 'truncate', column.textClass) : 'flex items-center',
        props.pinnedAt !== null && pinnedClass,
        'aria-selected:border-accent/30 aria-selected:bg-accent-soft',
        column.align === 'end' && (isText ? 'text-right tabular-nums' : 'justify-end text-right'),
        whyHatched !== null && hatching,
        props.hasChanged && 'bg-notice-soft motion-safe:animate-[changed_2400ms_ease-out]',
        props.hasCursor &&
          'after:pointer-events-none after:absolute after:inset-0 after:border-2 after:border-line-strong group-focus/grid:after:border-accent',
      )}
    >
      {content}
      {whyHatched !== null && (
        <span className="h-full w-full" title={whyHatched}>
          <span className="sr-only">{whyHatched}</span>
        </span>
      )}
    </div>
  )
}

// Scrolled sideways, a row has other cells; those it keeps are as they were.
const GridCell = memo(Cell) as typeof Cell

/** Where a drawn cell is: as wide as its column, at its place, or at the left if it is pinned. */
export function cellStyle({
  width,
  pinnedAt,
  gap,
}: Pick<DrawnColumn<never>, 'width' | 'pinnedAt' | 'gap'>): CSSProperties {
  return {
    width,
    ...(pinnedAt !== null && { left: pinnedAt }),
    ...(gap > 0 && { marginLeft: gap }),
  }
}

// Not in narrow windows: see pinsFromWidth.
export const pinnedClass = 'z-[5] border-line-strong! bg-inherit sm:sticky!'

function isBetween(at: number, from: number | null, to: number | null): boolean {
  return from !== null && to !== null && at >= from && at <= to
}

// As high as a row without its border: its middle is the middle of the row.
const oneLine = 'leading-[calc(var(--row)-1px)]'

function titleOf<R>(text: string, { column, row }: Pick<GridCellProps<R>, 'column' | 'row'>) {
  return column.textTitle?.(row) ?? (text.length > untitledLength ? text : undefined)
}

const hatching = 'bg-[repeating-linear-gradient(135deg,var(--line)_0_1px,transparent_1px_6px)]'

/** The label of a tone, which says as much as the row has to know. */
export function mutedLabelOf(tone: RowTone | undefined): string | null {
  return tone?.kind === 'muted' ? tone.label : null
}

/** Redrawn only when something of its own changed: a page can have a thousand of them. */
export const GridRow = memo(Row) as typeof Row

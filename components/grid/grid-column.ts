import type { ReactNode } from 'react'

/** A column, as whoever uses the grid describes it. */
export interface GridColumn<Row> {
  readonly id: string
  readonly label: string
  /** Before the label, such as the sign of a type. */
  readonly icon?: ReactNode
  /** More about the column, told on hover. */
  readonly note?: string
  readonly align?: 'start' | 'end'
  /** In pixels, until someone sets another. */
  readonly width: number
  /** Why rows cannot be sorted by it, or null when they can. */
  readonly whyNotSortable: string | null
  /** What a cell shows. A text is one line of it, cut off where the cell ends. */
  readonly render: (row: Row) => ReactNode
  /** How such a text looks. */
  readonly textClass?: string
  /** What is told of it on hover; itself, if it may be cut off, unless stated. */
  readonly textTitle?: (row: Row) => string
  /** Whether its cells ask for something, and so are left empty until the column comes near the view. */
  readonly isLazy?: boolean
  /** The cell as text, for copying. */
  readonly text: (row: Row) => string
  /** All of the value, for whoever wants to read what a cell cuts off. Its text, unless stated. */
  readonly view?: (row: Row, close: () => void) => ReactNode
  /** Brings what `text` needs for these rows and may not have yet. */
  readonly load?: (rows: readonly Row[]) => Promise<void>
  /** Why the cell of a row has nothing to show, which hatches it; null where it has. */
  readonly whyHatched?: (row: Row) => string | null
}

/** How a row is drawn: as one like all, or stepping back behind a lock that says why. */
export type RowTone =
  | { readonly kind: 'normal' }
  | { readonly kind: 'muted'; readonly label: string }

export interface GridSort {
  readonly column: string
  readonly direction: 'asc' | 'desc'
}

/** A heading pressed again: ascending, then descending, then as rows come by themselves. */
export function nextSort(sort: GridSort | null, column: string): GridSort | null {
  if (sort?.column !== column) return { column, direction: 'asc' }
  return sort.direction === 'asc' ? { column, direction: 'desc' } : null
}

/** The text of a cell, which has none where it has nothing to show. */
export function cellText<Row>(column: GridColumn<Row>, row: Row): string {
  return (column.whyHatched?.(row) ?? null) === null ? column.text(row) : ''
}

/** How the columns are laid out: what the person changed, and no more. */
export interface GridLayout {
  /** Columns put first, in that order. The rest follow as they are described. */
  readonly order: readonly string[]
  readonly hidden: readonly string[]
  /** In pixels. */
  readonly widths: Readonly<Record<string, number>>
  /** Columns that stay in view at the left, wherever the others are scrolled to. */
  readonly pinned: readonly string[]
  readonly density: Density
}

export const densities = ['compact', 'normal', 'comfortable'] as const

export type Density = (typeof densities)[number]

/** As the columns are described. */
export const asDescribed: GridLayout = {
  order: [],
  hidden: [],
  widths: {},
  pinned: [],
  density: 'normal',
}

export const widthRange = { min: 56, max: 1200 } as const

/** How much one step of the keyboard widens a column. */
export const widthStep = 32

/** Every column in the order in which it is shown, hidden ones in their place among them. */
export function orderColumns(
  columns: readonly string[],
  order: readonly string[],
): readonly string[] {
  const first = order.filter((id) => columns.includes(id))
  return [...first, ...columns.filter((id) => !first.includes(id))]
}

interface ColumnMove {
  readonly column: string
  /** The column whose place it takes; that one makes room. */
  readonly to: string
}

/** The order to keep after a column was moved. */
export function moveColumn(
  columns: readonly string[],
  order: readonly string[],
  { column, to }: ColumnMove,
): readonly string[] {
  const ordered = orderColumns(columns, order)
  const place = ordered.indexOf(to)
  if (place < 0 || !ordered.includes(column) || column === to) return order
  const without = ordered.filter((id) => id !== column)
  return shortenOrder(columns, [...without.slice(0, place), column, ...without.slice(place)])
}

/** The layout after a column took the place of another, which also says whether it is pinned. */
export function placeColumn(
  columns: readonly string[],
  layout: GridLayout,
  move: ColumnMove,
): GridLayout {
  const isPinned = (column: string) => layout.pinned.includes(column)
  return {
    ...layout,
    order: moveColumn(columns, layout.order, move),
    pinned:
      isPinned(move.column) === isPinned(move.to)
        ? layout.pinned
        : toggled(layout.pinned, move.column),
  }
}

/** The columns in view, in order: those that are pinned come first. */
export function visibleColumns(
  columns: readonly string[],
  { order, hidden, pinned }: GridLayout,
): readonly string[] {
  const visible = orderColumns(columns, order).filter((id) => !hidden.includes(id))
  const isPinned = (id: string) => pinned.includes(id)
  return [...visible.filter(isPinned), ...visible.filter((id) => !isPinned(id))]
}

/** The least that must be said for an order: without the tail that follows by itself. */
export function shortenOrder(
  columns: readonly string[],
  ordered: readonly string[],
): readonly string[] {
  const isEnough = (length: number) =>
    orderColumns(columns, ordered.slice(0, length)).every((id, index) => id === ordered[index])
  const lengths = Array.from({ length: ordered.length + 1 }, (_, length) => length)
  return ordered.slice(0, lengths.find(isEnough))
}

/** The column beside another of the same side of the pins, or undefined at the edge. */
export function neighbour(
  visible: readonly string[],
  pinned: readonly string[],
  { column, step }: { readonly column: string; readonly step: -1 | 1 },
): string | undefined {
  const isPinned = pinned.includes(column)
  const beside = visible.filter((id) => pinned.includes(id) === isPinned)
  const index = beside.indexOf(column)
  return index < 0 ? undefined : beside[index + step]
}

/** A list with the column in it if it was not, and without it if it was. */
export function toggled(list: readonly string[], column: string): readonly string[] {
  return list.includes(column) ? list.filter((id) => id !== column) : [...list, column]
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(widthRange.max, Math.max(widthRange.min, width)))
}

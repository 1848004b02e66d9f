/** How the columns are laid out: what the person changed, and no more. */
export interface GridLayout {
  /** Columns put first, in that order. The rest follow as they are described. */
  readonly order: readonly string[]
  readonly hidden: readonly string[]
  /** In pixels. */
  readonly widths: Readonly<Record<string, number>>
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

/** The visible column beside another, or undefined at the edge. */
export function neighbour(
  visible: readonly string[],
  column: string,
  step: -1 | 1,
): string | undefined {
  const index = visible.indexOf(column)
  return index < 0 ? undefined : visible[index + step]
}

export function toggleHidden(hidden: readonly string[], column: string): readonly string[] {
  return hidden.includes(column) ? hidden.filter((id) => id !== column) : [...hidden, column]
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(widthRange.max, Math.max(widthRange.min, width)))
}

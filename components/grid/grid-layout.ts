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

/** The order after a column was put where another is; that one makes room. */
export function moveColumn(
  ordered: readonly string[],
  moved: string,
  target: string,
): readonly string[] {
  const from = ordered.indexOf(moved)
  const to = ordered.indexOf(target)
  if (from < 0 || to < 0 || from === to) return ordered
  const without = ordered.filter((id) => id !== moved)
  return [...without.slice(0, to), moved, ...without.slice(to)]
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

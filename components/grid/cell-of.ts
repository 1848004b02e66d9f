import type { CellCursor } from './cell-cursor'

/** The element of a cell, or null when it is not drawn. */
export function cellAt(grid: HTMLElement | null, { row, column }: CellCursor): HTMLElement | null {
  return grid?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`) ?? null
}

/** The cell of a grid that an element is in, or null when it is in none. */
export function cellOf(grid: HTMLElement, target: EventTarget | null): CellCursor | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  if (!cell || !grid.contains(cell)) return null
  const [row, column] = (cell.dataset.cell ?? '').split(':').map(Number)
  return row === undefined || column === undefined ? null : { row, column }
}

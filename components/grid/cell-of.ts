import type { CellCursor } from './cell-cursor'

/** The cell of a grid that an element is in, or null when it is in none. */
export function cellOf(grid: HTMLElement, target: EventTarget | null): CellCursor | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null
  if (!cell || !grid.contains(cell)) return null
  const [row, column] = (cell.dataset.cell ?? '').split(':').map(Number)
  return row === undefined || column === undefined ? null : { row, column }
}

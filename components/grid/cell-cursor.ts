/** The cell the keyboard is at. Row -1 is the heading. */
export interface CellCursor {
  readonly row: number
  readonly column: number
}

export interface GridExtent {
  readonly rows: number
  readonly columns: number
  /** Rows that fit on one screen. */
  readonly screen: number
}

interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** Where a key takes the cursor, or null when it is not a key that moves it. Shift changes nothing. */
export function moveCursor(
  cursor: CellCursor,
  press: Press,
  extent: GridExtent,
): CellCursor | null {
  if (press.altKey) return null
  const moved = target(cursor, press, extent)
  return moved && clampCursor(moved, extent)
}

/** The nearest cell there is, as when the rows became fewer. */
export function clampCursor({ row, column }: CellCursor, extent: GridExtent): CellCursor {
  return {
    row: Math.max(-1, Math.min(row, extent.rows - 1)),
    column: Math.max(0, Math.min(column, extent.columns - 1)),
  }
}

function target({ row, column }: CellCursor, press: Press, extent: GridExtent): CellCursor | null {
  const toEdge = press.ctrlKey || press.metaKey
  switch (press.key) {
    case 'ArrowUp':
      return { row: toEdge ? 0 : row - 1, column }
    case 'ArrowDown':
      return { row: toEdge ? extent.rows - 1 : row + 1, column }
    case 'ArrowLeft':
      return { row, column: toEdge ? 0 : column - 1 }
    case 'ArrowRight':
      return { row, column: toEdge ? extent.columns - 1 : column + 1 }
    case 'Home':
      return { row: toEdge ? 0 : row, column: 0 }
    case 'End':
      return { row: toEdge ? extent.rows - 1 : row, column: extent.columns - 1 }
    case 'PageUp':
      return { row: Math.max(0, row - extent.screen), column }
    case 'PageDown':
      return { row: row + extent.screen, column }
    default:
      return null
  }
}

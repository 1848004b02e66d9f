import { toast } from '@/components/ui/toaster'
import { formatCount } from '@/lib/model/format-value'
import { type CellRange, sidesOf } from './cell-range'
import { toCellsText } from './cells-text'
import type { GridColumn } from './grid-column'

/** Puts the cells of a range on the clipboard and says how many they were, or why they are not there. */
export function copyCells<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  range: CellRange,
): void {
  const { top, bottom, left, right } = sidesOf(range)
  const lines = bottom - top + 1
  const { plain, html, count } = toCellsText(
    rows.slice(top, bottom + 1),
    columns.slice(left, right + 1),
  )
  const shape = `${formatCount(lines)} × ${formatCount(count / lines)}`
  const what = count === 1 ? '1 cell' : `${formatCount(count)} cells (${shape})`
  write(plain, html).then(
    () => toast(`Copied ${what}`),
    (error: Error) => toast(`Not copied: ${error.message}`),
  )
}

// Not every browser takes more than one form.
async function write(plain: string, html: string): Promise<void> {
  if (typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(plain)
  const item = new ClipboardItem({
    'text/plain': new Blob([plain], { type: 'text/plain' }),
    'text/html': new Blob([html], { type: 'text/html' }),
  })
  await navigator.clipboard.write([item])
}

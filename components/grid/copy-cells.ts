import { toast } from '@/components/ui/toaster'
import { formatCount } from '@/lib/model/format-value'
import { type CellRange, sidesOf } from './cell-range'
import { type CellsText, toCellsText } from './cells-text'
import type { GridColumn } from './grid-column'

/** Puts the cells of a range on the clipboard and says how many they were, or why they are not there. */
export function copyCells<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
  range: CellRange,
): void {
  const { top, bottom, left, right } = sidesOf(range)
  const wanted = rows.slice(top, bottom + 1)
  const places = columns.slice(left, right + 1)
  const count = wanted.length * places.length
  const shape = `${formatCount(wanted.length)} × ${formatCount(places.length)}`
  const what = count === 1 ? '1 cell' : `${formatCount(count)} cells (${shape})`
  write(async () => {
    await Promise.all(places.map((column) => column.load?.(wanted)))
    return toCellsText(wanted, places)
  }).then(
    () => toast(`Copied ${what}`),
    (error: Error) => toast(`Not copied: ${error.message}`),
  )
}

// The texts are promised at once: a clipboard is open only while a key is pressed. Not every browser
// takes more than one form.
async function write(read: () => Promise<CellsText>): Promise<void> {
  const text = read()
  if (typeof ClipboardItem === 'undefined') {
    return navigator.clipboard.writeText((await text).plain)
  }
  const item = new ClipboardItem({
    'text/plain': text.then(({ plain }) => new Blob([plain], { type: 'text/plain' })),
    'text/html': text.then(({ html }) => new Blob([html], { type: 'text/html' })),
  })
  await navigator.clipboard.write([item])
}

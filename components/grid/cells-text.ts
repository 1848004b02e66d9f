import { cellText, type GridColumn } from './grid-column'

/** Cells as other programs take them: lines of tabs for an editor, a table for a spreadsheet. */
export interface CellsText {
  readonly plain: string
  readonly html: string
}

/**
 * The cells where the rows and the columns meet. One alone is its value and nothing around it. In a
 * table of several, what holds a tab, a line break or a quotation mark is quoted, as spreadsheets do.
 */
export function toCellsText<Row>(
  rows: readonly Row[],
  columns: readonly GridColumn<Row>[],
): CellsText {
  const texts = rows.map((row) => columns.map((column) => cellText(column, row)))
  const only = rows.length * columns.length === 1 ? texts[0]?.[0] : undefined
  return {
    plain: only ?? texts.map((line) => line.map(quote).join('\t')).join('\n'),
    html: `<table><tbody>${texts.map(toTableRow).join('')}</tbody></table>`,
  }
}

function quote(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function toTableRow(texts: readonly string[]): string {
  return `<tr>${texts.map((text) => `<td style="white-space:pre-wrap">${escapeHtml(text)}</td>`).join('')}</tr>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

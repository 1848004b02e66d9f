/** A stretch of a text as an editor counts: lines and columns from 1, columns in UTF-16 units. */
export interface TextSpan {
  readonly line: number
  readonly column: number
  readonly endLine: number
  /** The column after the last character. */
  readonly endColumn: number
}

/** The span between two offsets; `\r\n`, `\n` and `\r` each end a line. */
export function spanAt(text: string, start: number, end: number): TextSpan {
  const from = placeOf(text, start)
  const to = placeOf(text, end)
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/)
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

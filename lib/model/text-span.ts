/** A stretch of a text as an editor counts: lines and columns from 1, columns in UTF-16 units. */
export interface TextSpan {
  readonly line: number
  readonly column: number
  readonly endLine: number
  /** The column after the last character. */
  readonly endColumn: number
}

const lineBreak = /\r\n|\n|\r/

/** The span between two offsets; `\r\n`, `\n` and `\r` each end a line. */
export function spanAt(text: string, start: number, end: number): TextSpan {
  const from = placeOf(text, start)
  const to = placeOf(text, end)
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

/** The offset of a line and column; beyond the end of the text it is the end. */
export function offsetOfPlace(text: string, line: number, column: number): number {
  const before = text
    .split(lineBreak)
    .slice(0, line - 1)
    .join(' ').length
  return Math.min(text.length, before + (line > 1 ? 1 : 0) + column - 1)
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(lineBreak)
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}

import { type ColumnParser, columnParser } from '../column-values'
import { SqlError } from '../sql-error'

export interface Column {
  readonly name: string
  readonly parse: ColumnParser
}

export type Row = Record<string, unknown>

/** All that came back for one `sync`. */
export interface Reply {
  readonly rows: Row[]
  /** What `describe` answered: null when it was not asked, or a statement without rows. */
  readonly columns: readonly Column[] | null
  /** The command that ran, such as `INSERT 0 1`; empty when it failed. */
  readonly tag: string
  readonly error: SqlError | null
  /** The server ended with that error. */
  readonly isFatal: boolean
}

/** Reads a whole reply; `known` are the columns of a statement that was described before. */
export function readReply(bytes: Buffer, known: readonly Column[] | null): Reply {
  const rows: Row[] = []
  let columns = known
  let tag = ''
  let error: SqlError | null = null
  let isFatal = false
  for (let at = 0; at < bytes.length; ) {
    const type = String.fromCharCode(bytes[at] ?? 0)
    const body = at + 5
    at += 1 + bytes.readInt32BE(at + 1)
    if (type === 'D') rows.push(readRow(bytes, body, columns ?? []))
    else if (type === 'T') columns = readColumns(bytes, body)
    else if (type === 'C') tag = text(bytes, body, at - 1)
    else if (type === 'E') {
      const fields = readFields(bytes, body)
      error ??= toError(fields)
      isFatal ||= fields.get('V') === 'FATAL' || fields.get('V') === 'PANIC'
    }
  }
  return { rows, columns, tag, error, isFatal }
}

function readRow(bytes: Buffer, start: number, columns: readonly Column[]): Row {
  const row: Row = {}
  let at = start + 2
  for (const column of columns) {
    const size = bytes.readInt32BE(at)
    at += 4
    if (size < 0) {
      row[column.name] = null
    } else {
      row[column.name] = column.parse(text(bytes, at, at + size))
      at += size
    }
  }
  return row
}

function readColumns(bytes: Buffer, start: number): Column[] {
  const count = bytes.readUInt16BE(start)
  const columns: Column[] = []
  for (let at = start + 2; columns.length < count; ) {
    const end = bytes.indexOf(0, at)
    const name = text(bytes, at, end)
    columns.push({ name, parse: columnParser(bytes.readUInt32BE(end + 7)) })
    at = end + 19
  }
  return columns
}

function readFields(bytes: Buffer, start: number): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (let at = start; bytes[at] !== 0; ) {
    const end = bytes.indexOf(0, at)
    fields.set(text(bytes, at, at + 1), text(bytes, at + 1, end))
    at = end + 1
  }
  return fields
}

function toError(fields: ReadonlyMap<string, string>): SqlError {
  const field = (key: string) => fields.get(key) ?? null
  return new SqlError(fields.get('M') ?? 'The statement failed.', {
    code: fields.get('C') ?? 'XX000',
    detail: field('D'),
    hint: field('H'),
    constraint: field('n'),
    table: field('t'),
    column: field('c'),
    routine: field('R'),
  })
}

function text(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end)
}

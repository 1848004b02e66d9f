/** What Postgres says about a failed statement, besides the message. Absent is null. */
export interface SqlErrorFields {
  /** SQLSTATE, such as `23505` for a unique violation. */
  readonly code: string
  readonly detail: string | null
  readonly hint: string | null
  readonly constraint: string | null
  readonly table: string | null
  readonly column: string | null
  /** The function of the server that raised it: tells apart errors that share a code. */
  readonly routine: string | null
}

/** A statement the database refused; the same on PGlite and on Postgres. */
export class SqlError extends Error implements SqlErrorFields {
  override readonly name = 'SqlError'
  readonly code: string
  readonly detail: string | null
  readonly hint: string | null
  readonly constraint: string | null
  readonly table: string | null
  readonly column: string | null
  readonly routine: string | null

  constructor(message: string, fields: Partial<SqlErrorFields> & Pick<SqlErrorFields, 'code'>) {
    super(message)
    this.code = fields.code
    this.detail = fields.detail ?? null
    this.hint = fields.hint ?? null
    this.constraint = fields.constraint ?? null
    this.table = fields.table ?? null
    this.column = fields.column ?? null
    this.routine = fields.routine ?? null
  }
}

/** The error of a `commit` that Postgres answered with a rollback. */
export function abortedTransaction(): SqlError {
  return new SqlError('A statement of this transaction failed, so nothing of it was written.', {
    code: '25P02',
  })
}

/** After these the connection is of no more use: it is gone, or the server is shutting down. */
export function isConnectionLoss({ code }: SqlError): boolean {
  return code.startsWith('08') || code.startsWith('57P')
}

import pg from 'pg'
import { SqlError } from '../sql-error'

/** What `pg` threw, as the error both drivers throw; a lost connection has the code 08006. */
export function toSqlError(error: unknown): SqlError {
  if (error instanceof pg.DatabaseError) {
    return new SqlError(error.message, {
      code: error.code ?? 'XX000',
      detail: error.detail ?? null,
      hint: error.hint ?? null,
      constraint: error.constraint ?? null,
      table: error.table ?? null,
      column: error.column ?? null,
      routine: error.routine ?? null,
    })
  }
  const reason = error instanceof Error ? error.message : String(error)
  return new SqlError(`The connection to Postgres failed: ${reason}`, { code: '08006' })
}

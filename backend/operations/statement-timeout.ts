import { SqlError } from '@/backend/store/sql-error'

/** Whether Postgres has given a statement up because of its time limit. */
export function isStatementTimeout(error: unknown): boolean {
  return error instanceof SqlError && error.code === '57014'
}

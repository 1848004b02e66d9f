import type { Sql } from '@/backend/sql/sql'

/** Runs statements, one after another, in one transaction or outside any. */
export interface Queryable {
  /**
   * The rows of one statement. Values of jsonb columns come parsed, `bigint` and `float8` as
   * numbers, uuids as lower-case text. Arrays of numbers, strings, booleans and nulls bind as
   * SQL arrays and need a cast in the text (`${ids}::uuid[]`); JSON binds as text with `::jsonb`.
   */
  query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]>
}

/** The SQL door: the same statements and migrations on PGlite and on Postgres 15+. */
export interface Database extends Queryable {
  readonly kind: 'pglite' | 'postgres'
  /**
   * What `work` resolves to, committed; or its error, with nothing written. `work` awaits SQL
   * only: on PGlite it holds the one connection. `read` sees one snapshot and cannot write.
   * Serialization failures and deadlocks are retried, so `work` may run more than once.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, mode?: 'write' | 'read'): Promise<T>
  /** Checkpoint, vacuum and analyze where nobody else does it (PGlite); nothing on Postgres. */
  maintain(): Promise<void>
  /** Waits for running work, then releases files, locks and connections. */
  close(): Promise<void>
}

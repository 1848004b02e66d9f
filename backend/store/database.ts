import type { Sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'

/** Runs statements, one after another, in one transaction or outside any. */
export interface Queryable {
  /**
   * The same number in all read transactions between which nothing has been written, so that what one of
   * them has read holds in the others. Undefined where that is not known: in what may write, and on Postgres.
   */
  readonly snapshot?: number
  /**
   * The rows of one statement. Values of jsonb columns come parsed; `bigint`, `numeric` and
   * floats as numbers, so exact up to 2^53; `timestamptz` as a Date, so in milliseconds; `bytea`
   * as a Buffer; uuids as lower-case text; other types as the text Postgres prints. Arrays of
   * numbers, strings, booleans, dates, bytes and nulls bind as SQL arrays and need a cast in the
   * text (`${ids}::uuid[]`); JSON binds as text with `::jsonb`; `undefined` is refused.
   *
   * What the database refuses is a SqlError with its SQLSTATE in `code`.
   */
  query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]>
}

/** Calls between the processes on one store. They carry no more than what to look at. */
export interface Wakeups {
  /** Soon tells the other processes that an app has changed; several calls go out as one. */
  send(app: AppKey): void
  /**
   * Calls back with the apps that others have changed, and with null when it cannot be told which:
   * after calls may have been missed. Ends by calling the answer.
   */
  listen(onWake: (apps: readonly AppKey[] | null) => void): () => void
}

/** The SQL door: the same statements and migrations on PGlite and on Postgres 15+. */
export interface Database extends Queryable {
  readonly kind: 'pglite' | 'postgres'
  /** Null where a process has the store to itself. */
  readonly wakeups: Wakeups | null
  /**
   * What `work` resolves to, committed; or its error, with nothing written. `work` awaits SQL
   * only: on PGlite it holds the one connection. `read` sees one snapshot and cannot write.
   * Serialization failures and deadlocks are retried, so `work` may run more than once. A
   * statement that fails dooms the transaction, also if `work` catches its error.
   */
  transaction<T>(work: (tx: Queryable) => Promise<T>, mode?: 'write' | 'read'): Promise<T>
  /** Checkpoint, vacuum and analyze where nobody else does it (PGlite); nothing on Postgres. */
  maintain(): Promise<void>
  /**
   * Waits for running work, then releases files, locks and connections. A process that has
   * opened a database does not end by itself before that.
   */
  close(): Promise<void>
}

import { type Sql, toQuery } from '@/backend/sql/sql'
import type { Queryable } from '../database'
import type { PostgresSession } from './postgres-session'

/** What `work` of one transaction sees; of no use once the transaction is over. */
export class PostgresTransaction implements Queryable {
  readonly #session: PostgresSession
  #isOver = false

  constructor(session: PostgresSession) {
    this.#session = session
  }

  async query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> {
    // Past the end it would run, and commit, on its own.
    if (this.#isOver) throw new Error('This transaction is over; await all its queries in work.')
    return (await this.#session.query(toQuery(statement))).rows
  }

  end(): void {
    this.#isOver = true
  }
}

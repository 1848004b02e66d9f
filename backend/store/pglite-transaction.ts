import { type Sql, toQuery } from '@/backend/sql/sql'
import type { Queryable } from './database'
import type { PgliteConnection } from './pglite-connection'

/** What `work` of one transaction sees; of no use once the transaction is over. */
export class PgliteTransaction implements Queryable {
  readonly #connection: PgliteConnection
  #isOver = false

  constructor(connection: PgliteConnection) {
    this.#connection = connection
  }

  async query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> {
    if (this.#isOver) throw new Error('This transaction is over; await all its queries in work.')
    return (await this.#connection.query(toQuery(statement))) as Row[]
  }

  end(): void {
    this.#isOver = true
  }
}

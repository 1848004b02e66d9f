import { type Sql, type SqlQuery, toQuery } from '@/backend/sql/sql'
import type { Queryable } from '../database'

type Run = (query: SqlQuery) => Promise<Record<string, unknown>[]>

/** What `work` of one transaction sees; of no use once the transaction is over. */
export class PgliteTransaction implements Queryable {
  readonly snapshot?: number
  readonly #run: Run
  readonly #beforeQuery: () => Promise<void> | null
  #isOver = false

  constructor(run: Run, beforeQuery: () => Promise<void> | null, snapshot?: number) {
    this.#run = run
    this.#beforeQuery = beforeQuery
    if (snapshot !== undefined) this.snapshot = snapshot
  }

  async query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> {
    const before = this.#beforeQuery()
    if (before) await before
    // Past the end it would run, and commit, on its own.
    if (this.#isOver) throw new Error('This transaction is over; await all its queries in work.')
    return (await this.#run(toQuery(statement))) as Row[]
  }

  end(): void {
    this.#isOver = true
  }
}

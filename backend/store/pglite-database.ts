import type { PGlite } from '@electric-sql/pglite'
import { type Sql, toQuery } from '@/backend/sql/sql'
import type { Database, Queryable } from './database'
import { PgliteConnection } from './pglite-connection'
import { PgliteTransaction } from './pglite-transaction'
import { abortedTransaction } from './sql-error'
import { StoreError } from './store-error'
import { Turns } from './turns'

const begin = {
  read: 'begin isolation level repeatable read read only',
  write: 'begin',
}

/** One PGlite and its only connection, which queries and transactions take in turn. */
export class PgliteDatabase implements Database {
  readonly kind = 'pglite'
  readonly #engine: PGlite
  readonly #connection: PgliteConnection
  readonly #turns = new Turns()
  #isClosed = false

  constructor(engine: PGlite) {
    this.#engine = engine
    this.#connection = new PgliteConnection(engine)
  }

  query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> {
    return this.#turn(async () => (await this.#connection.query(toQuery(statement))) as Row[])
  }

  transaction<T>(
    work: (tx: Queryable) => Promise<T>,
    mode: 'write' | 'read' = 'write',
  ): Promise<T> {
    return this.#turn(async () => {
      await this.#connection.run(begin[mode])
      const tx = new PgliteTransaction(this.#connection)
      try {
        const result = await work(tx)
        const { tag } = await this.#connection.run('commit')
        if (tag === 'ROLLBACK') throw abortedTransaction()
        return result
      } catch (error) {
        await this.#connection.run('rollback')
        throw error
      } finally {
        tx.end()
      }
    })
  }

  async maintain(): Promise<void> {}

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#turns.run(() => this.#engine.close())
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new StoreError('The database is closed.'))
    return this.#turns.run(work)
  }
}

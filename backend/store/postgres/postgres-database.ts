import type { Pool } from 'pg'
import { type Sql, toQuery } from '@/backend/sql/sql'
import type { Database, Queryable } from '../database'
import { abortedTransaction } from '../sql-error'
import { StoreError } from '../store-error'
import { Plans } from './plans'
import { PostgresSession } from './postgres-session'
import { PostgresTransaction } from './postgres-transaction'
import type { PostgresWakeups } from './postgres-wakeups'
import { toSqlError } from './to-sql-error'
import { withRetries } from './with-retries'

/** A pool of connections to one database of a server. */
export class PostgresDatabase implements Database {
  readonly kind = 'postgres'
  readonly wakeups: PostgresWakeups
  readonly #pool: Pool
  readonly #plans = new Plans()
  #closing: Promise<void> | null = null

  constructor(pool: Pool, wakeups: PostgresWakeups) {
    this.#pool = pool
    this.wakeups = wakeups
  }

  query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> {
    const query = toQuery(statement)
    return this.#run(async (session) => (await session.query(query)).rows)
  }

  transaction<T>(
    work: (tx: Queryable) => Promise<T>,
    mode: 'write' | 'read' = 'write',
  ): Promise<T> {
    return mode === 'read' ? this.#read(work) : this.#run((session) => transact(session, work))
  }

  async maintain(): Promise<void> {}

  close(): Promise<void> {
    this.#closing ??= this.wakeups.close().then(() => this.#pool.end())
    return this.#closing
  }

  /** What was read is known before the transaction is over, and nobody waits for its end. */
  #read<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    return withRetries(async () => {
      const session = await this.#connect()
      const tx = new PostgresTransaction(session)
      try {
        await session.command('begin isolation level repeatable read read only')
        return await work(tx)
      } finally {
        tx.end()
        void session.rollback().then(
          () => session.release(),
          // Lost, which the session has noted: it is not used again.
          () => session.release(),
        )
      }
    })
  }

  #run<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    return withRetries(async () => {
      const session = await this.#connect()
      try {
        return await work(session)
      } finally {
        session.release()
      }
    })
  }

  async #connect(): Promise<PostgresSession> {
    if (this.#closing) throw new StoreError('The database is closed.')
    try {
      return new PostgresSession(await this.#pool.connect(), this.#plans)
    } catch (error) {
      throw toSqlError(error)
    }
  }
}

async function transact<T>(
  session: PostgresSession,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  await session.command('begin isolation level read committed')
  const tx = new PostgresTransaction(session)
  try {
    const result = await work(tx)
    tx.end()
    if ((await session.command('commit')) === 'ROLLBACK') throw abortedTransaction()
    return result
  } catch (error) {
    tx.end()
    await session.rollback()
    throw error
  }
}

import type { PGlite } from '@electric-sql/pglite'
import { type Sql, type SqlQuery, toQuery } from '@/backend/sql/sql'
import type { Database, Queryable } from '../database'
import { abortedTransaction } from '../sql-error'
import { StoreError } from '../store-error'
import { Turns } from '../turns'
import { CommitGroup } from './commit-group'
import { Maintenance } from './maintenance'
import { PgliteConnection } from './pglite-connection'
import { PgliteTransaction } from './pglite-transaction'

/** What a transaction resolved to, and when the disk has it. */
interface Committed<T> {
  readonly result: T
  readonly onDisk: Promise<void> | undefined
}

/** One PGlite and its only connection, which queries and transactions take in turn. */
export class PgliteDatabase implements Database {
  readonly kind = 'pglite'
  readonly wakeups = null
  readonly #engine: PGlite
  readonly #connection: PgliteConnection
  readonly #turns = new Turns()
  readonly #maintenance: Maintenance
  readonly #onClose: () => Promise<void>
  readonly #commits: CommitGroup
  #waitingWriters = 0
  /** How many turns have been taken that may have written. */
  #writes = 0
  #closing: Promise<void> | null = null

  constructor(engine: PGlite, { onClose }: { onClose: () => Promise<void> }) {
    this.#engine = engine
    this.#onClose = onClose
    this.#connection = new PgliteConnection(engine)
    this.#commits = new CommitGroup(() => this.#connection.sync())
    this.#maintenance = new Maintenance(this.#connection, (work) => this.#turns.run(work))
  }

  query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> {
    return this.#turn(async () => {
      const query = toQuery(statement)
      if (!selects(query)) this.#writes += 1
      const rows = await this.#connection.query(query)
      this.#maintenance.noteWork()
      return rows as Row[]
    })
  }

  async transaction<T>(
    work: (tx: Queryable) => Promise<T>,
    mode: 'write' | 'read' = 'write',
  ): Promise<T> {
    if (mode === 'read') return this.#turn(() => this.#read(work))
    this.#waitingWriters += 1
    const { result, onDisk } = await this.#turn(() => this.#write(work))
    await onDisk
    return result
  }

  async maintain(): Promise<void> {
    await this.#turn(() => this.#maintenance.runAll())
  }

  close(): Promise<void> {
    this.#closing ??= this.#turns.run(async () => {
      await this.#maintenance.stop()
      if (!this.#connection.isDead) await this.#engine.close()
      await this.#onClose()
    })
    return this.#closing
  }

  /** While other writers wait for their turn, the last of them syncs for all before it. */
  async #write<T>(work: (tx: Queryable) => Promise<T>): Promise<Committed<T>> {
    this.#waitingWriters -= 1
    this.#writes += 1
    try {
      let onDisk: Promise<void> | undefined
      const result = await this.#transact(work, async () => {
        const isShared = this.#waitingWriters > 0 || !this.#commits.isEmpty
        if (isShared) await this.#connection.run('set local synchronous_commit = off')
        await this.#commit()
        if (isShared) onDisk = this.#commits.join()
      })
      return { result, onDisk }
    } finally {
      if (this.#waitingWriters === 0 || this.#commits.isFull) await this.#commits.flush()
      this.#maintenance.noteWork()
    }
  }

  /**
   * A turn has the store to itself, so what only selects sees one snapshot without a transaction.
   * Anything else gets one that refuses to write.
   */
  async #read<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    let isBegun = false
    let hasFailed = false
    const run = async (query: SqlQuery) => {
      if (hasFailed) throw abortedTransaction()
      try {
        if (!isBegun && !selects(query)) {
          await this.#connection.run('begin isolation level repeatable read read only')
          isBegun = true
        }
        return await this.#connection.query(query)
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
    const tx = new PgliteTransaction(run, () => this.#commits.flushIfLate(), this.#writes)
    try {
      return await work(tx)
    } finally {
      tx.end()
      if (isBegun && !this.#connection.isDead) await this.#connection.run('rollback')
    }
  }

  async #transact<T>(work: (tx: Queryable) => Promise<T>, commit: () => Promise<void>): Promise<T> {
    await this.#connection.run('begin')
    const tx = new PgliteTransaction(
      (query) => this.#connection.query(query),
      () => this.#commits.flushIfLate(),
    )
    try {
      const result = await work(tx)
      tx.end()
      await commit()
      return result
    } catch (error) {
      tx.end()
      if (!this.#connection.isDead) await this.#connection.run('rollback')
      throw error
    }
  }

  async #commit(): Promise<void> {
    const { tag } = await this.#connection.run('commit')
    if (tag === 'ROLLBACK') throw abortedTransaction()
  }

  #turn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing) return Promise.reject(new StoreError('The database is closed.'))
    return this.#turns.run(work)
  }
}

/** Whether it only reads. What begins otherwise may, and does as a rule, write. */
function selects({ text }: SqlQuery): boolean {
  return /^\s*select\b/i.test(text)
}

import type { PGlite } from '@electric-sql/pglite'
import type { SqlQuery } from '@/backend/sql/sql'
import { encodeParameter } from '../parameters'
import { SqlError } from '../sql-error'
import { StoreError } from '../store-error'
import { PreparedStatements } from './prepared-statements'
import { failOnTraps } from './trap-guard'
import { type Column, type Reply, type Row, readReply } from './wire-reply'
import { WireWriter } from './wire-writer'

/**
 * Speaks the Postgres protocol to PGlite directly. A statement is prepared the first time its
 * text is seen; after that one call into WASM binds, executes and syncs it, which is four times
 * as fast as PGlite's own `query`. Calls must not overlap.
 */
export class PgliteConnection {
  readonly #engine: PGlite
  readonly #statements = new PreparedStatements()
  readonly #writer = new WireWriter()
  #changedSchema = false
  #failure: StoreError | null = null

  constructor(engine: PGlite) {
    this.#engine = engine
    failOnTraps(engine)
  }

  /** Whether the engine has ended: it takes no more statements, not even `rollback`. */
  get isDead(): boolean {
    return this.#failure !== null
  }

  async query({ text, values }: SqlQuery): Promise<Row[]> {
    const { rows } = await this.run(text, values.map(encodeParameter))
    return rows
  }

  /** Runs one statement; its failure is thrown as a SqlError. */
  async run(text: string, values: readonly (string | null)[] = []): Promise<Reply> {
    // Another message would keep PGlite in an endless loop.
    if (this.#failure) throw this.#failure
    const known = this.#statements.find(text)
    const name = known?.name ?? this.#statements.nextName()
    for (const abandoned of this.#statements.takeAbandoned()) this.#writer.close(abandoned)
    if (!known) {
      this.#writer.parse(name, text)
      this.#writer.describe(name)
    }
    this.#writer.bind(name, values)
    this.#writer.execute()
    this.#writer.sync()

    const reply = await this.#exchange(this.#writer.take(), known?.columns ?? null)
    this.#watchSchema(reply)
    if (reply.isFatal) {
      this.#failure = new StoreError(
        `The embedded database has stopped (${reply.error?.message}). ` +
          'Start Understudy again; what it has confirmed is on disk.',
      )
    }
    if (reply.error) {
      if (!known) this.#statements.abandon(name)
      throw reply.error
    }
    if (!known) this.#statements.add(text, { name, columns: reply.columns })
    return reply
  }

  /** Puts all commits so far on disk. */
  async sync(): Promise<void> {
    await this.run(`select pg_logical_emit_message(false, 'understudy', '', true)`)
  }

  async #exchange(message: Uint8Array, columns: readonly Column[] | null): Promise<Reply> {
    const chunks: Buffer[] = []
    const breakdown = await this.#engine
      .execProtocolRawStream(message, {
        syncToFs: false,
        // The bytes are a view of WASM memory that the next message overwrites.
        onRawData: (bytes) => chunks.push(Buffer.from(bytes)),
      })
      .then(
        () => null,
        (error: Error) => new SqlError(error.message, { code: 'XX000' }),
      )
    const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
    const reply = readReply(bytes, columns)
    return breakdown ? { ...reply, error: reply.error ?? breakdown, isFatal: true } : reply
  }

  // A plan whose columns have changed is refused with "cached plan must not change result type";
  // rolling a change of the schema back changes them once more.
  #watchSchema({ tag }: Reply): void {
    const changes = /^(CREATE|ALTER|DROP|DO)\b/.test(tag)
    if (changes || (this.#changedSchema && tag === 'ROLLBACK')) this.#statements.clear()
    this.#changedSchema = changes || (this.#changedSchema && !/^(COMMIT|ROLLBACK)/.test(tag))
  }
}

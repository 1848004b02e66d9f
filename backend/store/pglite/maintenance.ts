import type { PgliteConnection } from './pglite-connection'

/** A crash replays what was written since the last checkpoint: about a second per this much. */
const mostWalBytes = 64 * 1024 * 1024
const idleWalBytes = 1024 * 1024
const lookEveryMs = 1_000
const idleAfterMs = 5_000

/**
 * What Postgres leaves to background processes that PGlite does not have: without checkpoints
 * the log grows for ever, without vacuum the tables do.
 */
export class Maintenance {
  readonly #connection: PgliteConnection
  readonly #whenFree: (work: () => Promise<void>) => Promise<void>
  readonly #idleTimer: NodeJS.Timeout
  #lastLook = performance.now()
  #hasWorked = false
  #isScheduled = false

  /** `whenFree` runs work when nothing else uses the connection. */
  constructor(
    connection: PgliteConnection,
    whenFree: (work: () => Promise<void>) => Promise<void>,
  ) {
    this.#connection = connection
    this.#whenFree = whenFree
    this.#idleTimer = setInterval(() => this.#onTick(), idleAfterMs).unref()
  }

  /** Called after whatever may have written; cheap. */
  noteWork(): void {
    this.#hasWorked = true
    if (performance.now() - this.#lastLook < lookEveryMs) return
    this.#schedule(mostWalBytes)
  }

  /** All that is due at all, without thresholds for the log. */
  async runAll(): Promise<void> {
    await this.#vacuum()
    await this.#checkpoint(0)
  }

  async stop(): Promise<void> {
    clearInterval(this.#idleTimer)
    if (!this.#connection.isDead) await this.#checkpoint(0)
  }

  #onTick(): void {
    const isIdle = !this.#hasWorked || performance.now() - this.#lastLook > idleAfterMs
    this.#hasWorked = false
    if (isIdle) this.#schedule(idleWalBytes)
  }

  #schedule(walBytes: number): void {
    this.#lastLook = performance.now()
    if (this.#isScheduled || this.#connection.isDead) return
    this.#isScheduled = true
    const run = async () => {
      await this.#vacuum()
      await this.#checkpoint(walBytes)
    }
    this.#whenFree(run)
      // Nobody waits for this; the cause, such as a full disk, fails the next write as well.
      .catch((error: Error) => process.emitWarning(`Maintenance of the store: ${error.message}`))
      .finally(() => {
        this.#isScheduled = false
      })
  }

  async #checkpoint(walBytes: number): Promise<void> {
    const { rows } = await this.#connection.run(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 as bytes
       from pg_control_checkpoint()`,
    )
    if (Number(rows[0]?.bytes) > walBytes) await this.#connection.run('checkpoint')
  }

  async #vacuum(): Promise<void> {
    // What the last second did is not counted yet otherwise.
    await this.#connection.run('select pg_stat_force_next_flush()')
    const { rows } = await this.#connection.run(
      `select format('%I.%I', schemaname, relname) as name,
         n_dead_tup > 1000 + 0.1 * n_live_tup
           or n_ins_since_vacuum > 5000 + 0.2 * n_live_tup as is_stale
       from pg_stat_user_tables
       where n_dead_tup > 1000 + 0.1 * n_live_tup
         or n_ins_since_vacuum > 5000 + 0.2 * n_live_tup
         or n_mod_since_analyze > 250 + 0.1 * n_live_tup`,
    )
    for (const { name, is_stale } of rows) {
      await this.#connection.run(`${is_stale ? 'vacuum (analyze)' : 'analyze'} ${name}`)
    }
  }
}

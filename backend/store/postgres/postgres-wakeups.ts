import { randomUUID } from 'node:crypto'
import pg, { type Pool } from 'pg'
import type { AppKey } from '@/backend/schema/attr'
import type { Wakeups } from '../database'

const channel = 'understudy_changes'
/** Calls within this time go out as one: a NOTIFY makes commits wait for each other. */
const gatherMs = 5
/** A payload may have less than 8,000 bytes. */
const mostApps = 500
const retryMs = { first: 100, last: 5_000 }

type OnWake = (apps: readonly AppKey[] | null) => void

/**
 * Calls by NOTIFY, sent outside of transactions, and heard over a connection of its own that is
 * made anew whenever it is lost. It is there only while somebody listens.
 */
export class PostgresWakeups implements Wakeups {
  readonly #pool: Pool
  readonly #connectionString: string
  /** A process has no use for its own calls. */
  readonly #sender = randomUUID()
  readonly #listeners = new Set<OnWake>()
  readonly #apps = new Set<AppKey>()
  #sending: Promise<void> | null = null
  #client: pg.Client | null = null
  #retry: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(pool: Pool, connectionString: string) {
    this.#pool = pool
    this.#connectionString = connectionString
  }

  send(app: AppKey): void {
    this.#apps.add(app)
    this.#sending ??= this.#sendSoon()
  }

  listen(onWake: OnWake): () => void {
    this.#listeners.add(onWake)
    if (!this.#client && !this.#retry) void this.#connect(retryMs.first)
    return () => {
      this.#listeners.delete(onWake)
      if (this.#listeners.size === 0) void this.#disconnect()
    }
  }

  /** Sends what is still to be sent, and ends the connection. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#sending
    await this.#disconnect()
  }

  async #sendSoon(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, gatherMs))
    const apps = [...this.#apps]
    this.#apps.clear()
    this.#sending = null
    const named = apps.length > mostApps ? [] : apps
    try {
      const payload = [this.#sender, ...named].join(' ')
      await this.#pool.query({ text: 'select pg_notify($1, $2)', values: [channel, payload] })
    } catch (error) {
      // The others look at the log from time to time without being called.
      console.error('Could not tell other processes of a change:', error)
    }
  }

  async #connect(delayMs: number): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    })
    this.#client = client
    let isLost = false
    const lose = () => {
      if (isLost) return
      isLost = true
      this.#reconnect(client, delayMs)
    }
    client.on('error', lose)
    client.on('end', lose)
    client.on('notification', ({ payload = '' }) => this.#hear(payload))
    try {
      await client.connect()
      await client.query(`listen ${channel}`)
      delayMs = retryMs.first
      // What was sent while nobody listened was missed.
      if (this.#client === client) this.#wake(null)
    } catch {
      // A connection that cannot be made is lost like any other, and made again.
      lose()
    }
  }

  #reconnect(client: pg.Client, delayMs: number): void {
    client.end().catch(() => {})
    if (this.#client !== client) return
    this.#client = null
    if (this.#isClosed || this.#listeners.size === 0) return
    this.#retry = setTimeout(() => {
      this.#retry = null
      void this.#connect(Math.min(delayMs * 2, retryMs.last))
    }, delayMs)
  }

  async #disconnect(): Promise<void> {
    const client = this.#client
    this.#client = null
    if (this.#retry) clearTimeout(this.#retry)
    this.#retry = null
    await client?.end().catch(() => {})
  }

  #hear(payload: string): void {
    const [sender, ...apps] = payload.split(' ')
    if (sender === this.#sender) return
    this.#wake(apps.length > 0 ? apps.map((app) => Number(app) as AppKey) : null)
  }

  #wake(apps: readonly AppKey[] | null): void {
    for (const onWake of this.#listeners) onWake(apps)
  }
}

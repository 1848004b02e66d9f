import pg, { type ClientBase } from 'pg'
import type { Database } from '../database'
import { checkServer } from './check-server'
import { PostgresDatabase } from './postgres-database'
import { PostgresWakeups } from './postgres-wakeups'

/**
 * Opens the database of a Postgres server, and makes the schema `understudy` in it. Throws a
 * StoreError without the password when the server cannot be used.
 */
export async function openPostgres({
  connectionString,
  timeoutMs = 0,
}: {
  readonly connectionString: string
  /** How long a statement may run; 0 for as long as it takes. */
  readonly timeoutMs?: number
}): Promise<Database> {
  await checkServer(connectionString)
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 30_000,
    onConnect: (client) => prepareConnection(client, timeoutMs),
  })
  // A connection that breaks while idle is replaced; one in use fails its query as well.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return new PostgresDatabase(pool, new PostgresWakeups(pool, connectionString))
}

/**
 * What the server or the role may have set otherwise, and the texts of values depend on; and what
 * it costs to start workers for a statement. By Postgres' own default it starts some for a page that
 * one process has read five times as fast.
 */
async function prepareConnection(client: ClientBase, timeoutMs: number): Promise<void> {
  await client.query(
    `select
    set_config('search_path', 'understudy', false), set_config('timezone', 'UTC', false),
    set_config('datestyle', 'ISO, YMD', false), set_config('bytea_output', 'hex', false),
    set_config('intervalstyle', 'postgres', false), set_config('extra_float_digits', '1', false),
    set_config('parallel_setup_cost', '10000', false),
    set_config('statement_timeout', $1, false)`,
    [String(timeoutMs)],
  )
}

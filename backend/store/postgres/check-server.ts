import pg from 'pg'
import { StoreError } from '../store-error'

const oldest = 15
const connectTimeoutMs = 10_000

/** Connects once, refuses a server that will not do, and makes the schema `understudy`. */
export async function checkServer(connectionString: string): Promise<void> {
  const where = describeServer(connectionString)
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectTimeoutMs })
  client.on('error', () => {})
  try {
    await client.connect()
    await refuseUnfit(client, where)
    await createSchema(client)
  } catch (error) {
    throw error instanceof StoreError ? error : explain(error, where)
  } finally {
    await client.end().catch(() => {})
  }
}

async function refuseUnfit(client: pg.Client, where: string): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string }>(`
    select current_setting('server_version') as version,
      current_setting('server_encoding') as encoding`)
  const { version = '', encoding = '' } = rows[0] ?? {}
  if (Number.parseInt(version, 10) < oldest) {
    throw new StoreError(
      `Postgres at ${where} is version ${version}; Understudy needs ${oldest} or newer. ` +
        'Point DATABASE_URL at a newer server.',
    )
  }
  if (encoding === 'UTF8') return
  throw new StoreError(
    `The database at ${where} has the encoding ${encoding}; Understudy needs one with UTF8.`,
  )
}

/** Two processes that create it at once would fail one of them, `if not exists` or not. */
async function createSchema(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`select from pg_namespace where nspname = 'understudy'`)
  if (rowCount) return
  await client.query(`
    begin;
    select pg_advisory_xact_lock(hashtextextended('understudy.schema', 0));
    create schema if not exists understudy;
    commit`)
}

/** Host, port and database: all of the address that may be shown. */
function describeServer(connectionString: string): string {
  if (!/^postgres(ql)?:\/\//.test(connectionString)) {
    throw new StoreError('DATABASE_URL is no address of the form postgres://user@host:5432/name.')
  }
  const { host, port, database } = new pg.Client({ connectionString })
  return `${host}:${port}/${database ?? ''}`
}

function explain(error: unknown, where: string): StoreError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof pg.DatabaseError) {
    return new StoreError(`Postgres at ${where} refuses: ${message}. Check DATABASE_URL.`)
  }
  return new StoreError(
    `Postgres at ${where} cannot be reached (${code || message}). ` +
      'Check that it runs and that DATABASE_URL is right.',
  )
}

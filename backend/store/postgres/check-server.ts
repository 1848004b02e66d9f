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
  const { rows } = await client.query<ServerFacts>(`
    select current_setting('server_version') as version,
      current_setting('server_encoding') as encoding`)
  const reason = rows[0] && findUnfitness(rows[0])
  if (reason) throw new StoreError(`Postgres at ${where} ${reason} Check DATABASE_URL.`)
}

export interface ServerFacts {
  /** Such as `15.18 (Debian 15.18-0+deb12u1)`. */
  readonly version: string
  readonly encoding: string
}

/** Why the server will not do, or null. */
export function findUnfitness({ version, encoding }: ServerFacts): string | null {
  if (Number.parseInt(version, 10) < oldest) {
    return `is version ${version}; Understudy needs ${oldest} or newer.`
  }
  if (encoding !== 'UTF8') {
    return `has a database with the encoding ${encoding}; Understudy needs one with UTF8.`
  }
  return null
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
  const address = /^postgres(ql)?:\/\//.test(connectionString) && toClient(connectionString)
  if (address) return `${address.host}:${address.port}/${address.database ?? ''}`
  throw new StoreError('DATABASE_URL is no address of the form postgres://user@host:5432/name.')
}

function toClient(connectionString: string): pg.Client | null {
  try {
    return new pg.Client({ connectionString })
  } catch {
    return null
  }
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

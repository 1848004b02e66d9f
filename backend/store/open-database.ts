import type { Database } from './database'
import { openPglite } from './pglite/open-pglite'
import { openPostgres } from './postgres/open-postgres'

export interface DatabaseLocation {
  /** Where the embedded database lives unless `databaseUrl` names a server. */
  readonly dataDir: string
  /** A `postgres://` address of Postgres 15 or newer. */
  readonly databaseUrl?: string | undefined
  /** How long Postgres lets a statement run; PGlite cannot end one by itself. */
  readonly timeoutMs?: number
}

/**
 * The database, ready for `migrate`. Throws a StoreError with one line for the person who
 * started the process when it cannot be opened.
 */
export function openDatabase({
  dataDir,
  databaseUrl,
  timeoutMs = 0,
}: DatabaseLocation): Promise<Database> {
  if (databaseUrl) return openPostgres({ connectionString: databaseUrl, timeoutMs })
  return openPglite({ dataDir })
}

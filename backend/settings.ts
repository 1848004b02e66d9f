import { isLoopbackHost } from '@/lib/base/loopback'

/** What the process is told by its environment. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  /** A Postgres connection string, or undefined for PGlite in the data directory. */
  readonly databaseUrl: string | undefined
  /** How long a statement may take before it is given up. */
  readonly timeoutMs: number
  /** Create the demo app when the store does not have it. */
  readonly hasDemo: boolean
}

/** A setting that cannot be used; the message is one line that says what to do. */
export class SettingsError extends Error {}

/** Reads the environment. Throws a SettingsError for a value that cannot work. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const host = env.BACKEND_HOST || '127.0.0.1'
  if (!isLoopbackHost(host)) {
    throw new SettingsError(
      `BACKEND_HOST=${host} is not a loopback address. There is no sign-in yet, so the backend listens on 127.0.0.1 only; unset BACKEND_HOST.`,
    )
  }
  return {
    host,
    port: readPort(env.BACKEND_PORT || '8888'),
    dataDir: env.BACKEND_DATA_DIR || '.data',
    databaseUrl: env.DATABASE_URL || undefined,
    timeoutMs: readTimeout(env.BACKEND_TIMEOUT || '30'),
    hasDemo: env.BACKEND_DEMO === '1',
  }
}

/** Seconds. A few at least, or a checkpoint on a slow disk would count as a runaway query. */
function readTimeout(text: string): number {
  const seconds = Number(text)
  if (Number.isFinite(seconds) && seconds >= 3 && seconds <= 3600) return seconds * 1000
  throw new SettingsError(
    `BACKEND_TIMEOUT=${text} is not a time limit. Use a number of seconds from 3 to 3600.`,
  )
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new SettingsError(`BACKEND_PORT=${text} is not a port. Use a number from 1 to 65535.`)
}

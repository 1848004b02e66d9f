import 'server-only'
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AppSummary } from '@/lib/model/app'
import { InstantError } from '@/lib/model/instant-error'

const connection = z.object({
  title: z.string().min(1).nullable(),
  apiURI: z.url({ protocol: /^https?$/ }).transform((uri) => uri.replace(/\/+$/, '')),
  appId: z.uuid().toLowerCase(),
  adminToken: z.string().min(1),
})

const connectionsFile = z.object({ connections: z.array(connection) })

/** An app and how to reach it. Holds the admin token, so it never leaves lib/instant and lib/data. */
export type Connection = z.infer<typeof connection>

export interface Connections {
  readonly connections: readonly Connection[]
  /** Why what is configured cannot be used, or null. */
  readonly problem: string | null
}

/**
 * The apps this dashboard is connected to: the one of INSTANT_API_URI, INSTANT_APP_ID and
 * INSTANT_APP_ADMIN_TOKEN, or else those in the file UNDERSTUDY_CONNECTIONS_FILE names. None when
 * there is neither.
 */
export async function listConnections(): Promise<Connections> {
  return fromEnvironment(process.env) ?? (await fromFile(process.env.UNDERSTUDY_CONNECTIONS_FILE))
}

/** The connection of an app. Raises `unknown-app`, or `not-connected` when none can be used. */
export async function requireConnection(appId: string): Promise<Connection> {
  const { connections, problem } = await listConnections()
  const found = connections.find((each) => each.appId === appId.toLowerCase())
  if (found) return found
  throw new InstantError(
    problem
      ? { code: 'not-connected', message: problem }
      : {
          code: 'unknown-app',
          message: `This dashboard is not connected to an app with the id ${appId}.`,
        },
  )
}

/** What a browser may know of a connection. */
export function toSummary({ appId, title, apiURI }: Connection): AppSummary {
  return { id: appId, title, apiURI }
}

function fromEnvironment(env: NodeJS.ProcessEnv): Connections | null {
  const { INSTANT_API_URI, INSTANT_APP_ID, INSTANT_APP_ADMIN_TOKEN } = env
  if (!INSTANT_API_URI && !INSTANT_APP_ID && !INSTANT_APP_ADMIN_TOKEN) return null
  const parsed = connection.safeParse({
    title: env.INSTANT_APP_TITLE || null,
    apiURI: INSTANT_API_URI || 'https://api.instantdb.com',
    appId: INSTANT_APP_ID,
    adminToken: INSTANT_APP_ADMIN_TOKEN,
  })
  if (parsed.success) return { connections: [parsed.data], problem: null }
  const wrong = new Set(parsed.error.issues.map((issue) => variableOf(issue.path[0])))
  return unusable(`Missing or not valid in the environment: ${[...wrong].join(', ')}.`)
}

function variableOf(field: PropertyKey | undefined): string {
  if (field === 'appId') return 'INSTANT_APP_ID'
  return field === 'adminToken' ? 'INSTANT_APP_ADMIN_TOKEN' : 'INSTANT_API_URI'
}

let cached: { readonly key: string; readonly list: Connections } | null = null

const none: Connections = { connections: [], problem: null }

async function fromFile(path: string | undefined): Promise<Connections> {
  if (!path) return none
  try {
    // At once, for every request looks several times: it takes microseconds, and a promise of it far longer.
    const info = statSync(path, { throwIfNoEntry: false })
    if (!info) return none
    const key = `${path}:${info.mtimeMs}:${info.size}`
    if (cached?.key === key) return cached.list
    const list = parseConnections(await readFile(path, 'utf8'))
    cached = { key, list }
    return list
  } catch (error) {
    if (!isSystemError(error)) throw error
    return unusable(
      `The file that UNDERSTUDY_CONNECTIONS_FILE names cannot be read (${error.code}). It must be a file ` +
        'that the user who runs the dashboard may read.',
    )
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}

function parseConnections(text: string): Connections {
  const parsed = connectionsFile.safeParse(parseJson(text))
  if (parsed.success) return { ...parsed.data, problem: null }
  // Only where it is wrong, never what stands there: the file holds tokens.
  const where = parsed.error.issues[0]?.path.join('.') || 'its top level'
  return unusable(`The connections file is not valid at ${where}.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unusable(problem: string): Connections {
  return { connections: [], problem }
}

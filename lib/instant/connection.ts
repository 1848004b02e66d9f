import 'server-only'
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { AppSummary } from '@/lib/model/app'
import { InstantError } from '@/lib/model/instant-error'

const connection = z.object({
  title: z.string().min(1),
  apiURI: z.url({ protocol: /^https?$/ }).transform((uri) => uri.replace(/\/+$/, '')),
  appId: z.uuid(),
  adminToken: z.string().min(1),
})

const connectionsFile = z.object({ connections: z.array(connection) })

/** An app and how to reach it. Holds the admin token, so it never leaves lib/instant and lib/data. */
export type Connection = z.infer<typeof connection>

/**
 * The apps this dashboard is connected to: the one of INSTANT_API_URI, INSTANT_APP_ID and
 * INSTANT_APP_ADMIN_TOKEN, or else those in the file UNDERSTUDY_CONNECTIONS_FILE names. Empty when
 * there is neither. Raises `not-connected` when what is there cannot be used.
 */
export async function listConnections(): Promise<readonly Connection[]> {
  return fromEnvironment(process.env) ?? (await fromFile(process.env.UNDERSTUDY_CONNECTIONS_FILE))
}

/** The connection of an app. Raises `unknown-app`. */
export async function requireConnection(appId: string): Promise<Connection> {
  const found = (await listConnections()).find((each) => each.appId === appId.toLowerCase())
  if (!found) {
    throw new InstantError({
      code: 'unknown-app',
      message: `This dashboard is not connected to an app with the id ${appId}.`,
    })
  }
  return found
}

/** What a browser may know of a connection. */
export function toSummary({ appId, title, apiURI }: Connection): AppSummary {
  return { id: appId, title, apiURI }
}

function fromEnvironment(env: NodeJS.ProcessEnv): readonly Connection[] | null {
  const { INSTANT_API_URI, INSTANT_APP_ID, INSTANT_APP_ADMIN_TOKEN } = env
  if (!INSTANT_API_URI && !INSTANT_APP_ID && !INSTANT_APP_ADMIN_TOKEN) return null
  const parsed = connection.safeParse({
    title: env.INSTANT_APP_TITLE || 'My app',
    apiURI: INSTANT_API_URI || 'https://api.instantdb.com',
    appId: INSTANT_APP_ID?.toLowerCase(),
    adminToken: INSTANT_APP_ADMIN_TOKEN,
  })
  if (parsed.success) return [parsed.data]
  const names = { appId: 'INSTANT_APP_ID', adminToken: 'INSTANT_APP_ADMIN_TOKEN' } as const
  const wrong = parsed.error.issues.map((issue) =>
    issue.path[0] === 'appId' || issue.path[0] === 'adminToken'
      ? names[issue.path[0]]
      : 'INSTANT_API_URI',
  )
  throw notConnected(`${[...new Set(wrong)].join(' and ')} is missing or not valid.`)
}

let cached: { readonly key: string; readonly connections: readonly Connection[] } | null = null

async function fromFile(path: string | undefined): Promise<readonly Connection[]> {
  if (!path) return []
  const info = await stat(path).catch(() => null)
  if (!info) return []
  const key = `${path}:${info.mtimeMs}:${info.size}`
  if (cached?.key === key) return cached.connections
  const connections = parseConnections(await readFile(path, 'utf8'))
  cached = { key, connections }
  return connections
}

function parseConnections(text: string): readonly Connection[] {
  const json = connectionsFile.safeParse(tryJson(text))
  if (json.success)
    return json.data.connections.map((c) => ({ ...c, appId: c.appId.toLowerCase() }))
  // Only where it is wrong, never what stands there: the file holds tokens.
  const where = json.error.issues[0]?.path.join('.') || 'the top level'
  throw notConnected(`The connections file is not valid at ${where}.`)
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function notConnected(message: string): InstantError {
  return new InstantError({ code: 'not-connected', message })
}

import 'server-only'
import type { AppSchema } from '@/lib/model/schema'
import type { Connection } from './connection'
import { fetchAsAdmin } from './fetch-as-admin'
import { toSchema, wireSchema } from './wire-schema'

/** What was read last of each app. */
const last = new Map<string, AppSchema>()

/** The schema that was read last, or null before any was. It may be another by now. */
export function lastSchema(connection: Connection): AppSchema | null {
  return last.get(keyOf(connection)) ?? null
}

/**
 * The schema as it is now (contract: GET /dash/apps/:id/schema/pull). As long as it stays the same, it is
 * the same object.
 */
export async function fetchSchema(
  connection: Connection,
  signal?: AbortSignal,
): Promise<AppSchema> {
  const path = `/dash/apps/${connection.appId}/schema/pull`
  const now = toSchema(await fetchAsAdmin(connection, { path, answer: wireSchema, signal }))
  const known = lastSchema(connection)
  if (known && JSON.stringify(known) === JSON.stringify(now)) return known
  last.set(keyOf(connection), now)
  return now
}

function keyOf({ apiURI, appId }: Connection): string {
  return `${apiURI} ${appId}`
}

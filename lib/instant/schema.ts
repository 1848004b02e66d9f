import 'server-only'
import type { AppSchema } from '@/lib/model/schema'
import type { Connection } from './connection'
import { fetchAsAdmin } from './fetch-as-admin'
import { toSchema, wireSchema } from './wire-schema'

/** The schema as it is now (contract: GET /dash/apps/:id/schema/pull). */
export async function fetchSchema(
  connection: Connection,
  signal?: AbortSignal,
): Promise<AppSchema> {
  const path = `/dash/apps/${connection.appId}/schema/pull`
  return toSchema(await fetchAsAdmin(connection, { path, answer: wireSchema, signal }))
}

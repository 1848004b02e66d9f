import 'server-only'
import { isJsonObject } from '@/lib/base/json'
import { actAs } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { sendQuery } from '@/lib/instant/send-query'
import { InstantError } from '@/lib/model/instant-error'
import type { QueryAnswer, RunQueryRequest } from '@/lib/model/query-run'
import { requireRole, type Viewer } from './viewer'

/**
 * Runs a query as the request's identity. The backend judges the query: what it refuses is raised
 * with its own type, message and hint. When whoever asked is gone, so is the request to the backend.
 */
export async function runQuery(
  viewer: Viewer,
  { appId, as, query }: RunQueryRequest,
  gone: AbortSignal,
): Promise<QueryAnswer> {
  requireRole(viewer, 'read')
  const connection = await requireConnection(appId)
  const startedAt = performance.now()
  const result: unknown = await actAs(
    connection,
    as,
    (client, signal) => sendQuery(client, query, signal),
    { signal: gone },
  )
  const backendMs = performance.now() - startedAt
  if (!isJsonObject(result)) {
    const message = `The backend at ${connection.apiURI} answered with something that is no result.`
    throw new InstantError({ code: 'unexpected-answer', message })
  }
  return { result, backendMs, sizeBytes: Buffer.byteLength(JSON.stringify(result)) }
}

import 'server-only'
import type { JsonObject } from '@/lib/base/json'
import type { InstantClient } from './client'

/** Sends a query that only the backend can judge; the SDK's types are for queries known beforehand. */
export function sendQuery(
  client: InstantClient,
  query: JsonObject,
  signal: AbortSignal,
): Promise<unknown> {
  const unjudged = query as Parameters<InstantClient['query']>[0]
  return client.query(unjudged, { fetchOpts: { signal, cache: 'no-store' } })
}

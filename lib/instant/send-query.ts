import 'server-only'
import { isJsonObject, type JsonObject } from '@/lib/base/json'
import { extraKey } from '@/lib/model/extra-key'
import type { InstantClient } from './client'
import { preferTag, toTag } from './wire-schema'

/** Sends a query that only the backend can judge; the SDK's types are for queries known beforehand. */
export function sendQuery(
  client: InstantClient,
  query: JsonObject,
  signal: AbortSignal,
): Promise<unknown> {
  return send(client, query, { signal })
}

export interface TaggedAnswer {
  readonly answer: unknown
  /** Of the schema that the answer was made by, or null where the backend does not tell. */
  readonly schemaTag: string | null
}

/** The same, and asks for the tag of the schema, which only our own backend tells. */
export async function sendTaggedQuery(
  client: InstantClient,
  query: JsonObject,
  signal: AbortSignal,
): Promise<TaggedAnswer> {
  const answer = await send(client, query, { signal, headers: preferTag })
  return { answer, schemaTag: toTag(isJsonObject(answer) ? answer[`$${extraKey}`] : null) }
}

function send(client: InstantClient, query: JsonObject, options: RequestInit): Promise<unknown> {
  const unjudged = query as Parameters<InstantClient['query']>[0]
  return client.query(unjudged, { fetchOpts: { ...options, cache: 'no-store' } })
}

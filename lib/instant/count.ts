import 'server-only'
import { z } from 'zod'
import { InstantError } from '@/lib/model/instant-error'
import { adminHeaders } from './client'
import type { Connection } from './connection'
import { reach } from './reach'
import { toRefusal } from './refusal'
import { readEvents } from './server-sent-events'

/** Records per namespace. Null where the backend tells no number: unknown, never zero. */
export type Counts = Readonly<Record<string, number | null>>

const event = z.looseObject({ op: z.string() })
const answer = z.object({
  'result-meta': z.object({
    aggregate: z.record(z.string(), z.object({ count: z.number().int().nonnegative() })),
  }),
})

/**
 * Counts all records of each namespace, as admin: Instant counts for nobody else. The number of an
 * aggregate travels only in the first answer of a subscription (contract: POST
 * /admin/subscribe-query), so one is opened, read once and closed.
 */
export async function fetchCounts(
  connection: Connection,
  namespaces: readonly string[],
  signal?: AbortSignal,
): Promise<Counts> {
  if (namespaces.length === 0) return {}
  const query = Object.fromEntries(namespaces.map((name) => [name, { $: { aggregate: 'count' } }]))
  return reach(
    connection,
    async (either) => {
      const stream = new AbortController()
      const body = await subscribe(connection, query, AbortSignal.any([either, stream.signal]))
      const told = body ? await firstAnswer(body).finally(() => stream.abort()) : null
      const numbers = answer.safeParse(told).data?.['result-meta'].aggregate ?? {}
      return Object.fromEntries(namespaces.map((name) => [name, numbers[name]?.count ?? null]))
    },
    { signal },
  )
}

async function subscribe(
  connection: Connection,
  query: object,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | null> {
  const url = `${connection.apiURI}/admin/subscribe-query?local_connection_id=${crypto.randomUUID()}`
  const response = await fetch(url, {
    method: 'POST',
    headers: adminHeaders(connection),
    body: JSON.stringify({ query, 'inference?': false }),
    cache: 'no-store',
    signal,
  })
  // A backend without the route has no number to tell, which is not a failure.
  if (response.status === 404) return null
  if (!response.ok) throw new InstantError(toRefusal(response.status, await response.text()))
  return response.body
}

// The stream begins with `sse-init`; the answer, or an error in its place, comes second.
async function firstAnswer(body: ReadableStream<Uint8Array>): Promise<unknown> {
  for await (const data of readEvents(body)) {
    const parsed = event.safeParse(data)
    if (parsed.data?.op === 'add-query-ok') return parsed.data
    if (parsed.data?.op === 'error') return null
  }
  return null
}

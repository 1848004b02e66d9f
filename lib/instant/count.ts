import 'server-only'
import { InstantAPIError } from '@instantdb/admin'
import { z } from 'zod'
import type { JsonObject } from '@/lib/base/json'
import { type Count, type Counts, countLimit } from '@/lib/model/count'
import type { Identity } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import { adminHeaders } from './admin-headers'
import { actAs, type InstantClient } from './client'
import type { Connection } from './connection'
import { reach } from './reach'
import { toRefusal } from './refusal'
import { sendQuery } from './send-query'
import { readEvents } from './server-sent-events'

const event = z.looseObject({ op: z.string() })
const answer = z.object({
  'result-meta': z.object({
    aggregate: z.record(z.string(), z.object({ count: z.number().int().nonnegative() })),
  }),
})

interface CountRequest {
  readonly as: Identity
  readonly namespaces: readonly string[]
  /** What the records of each must meet; all there are without it. */
  readonly where?: JsonObject | undefined
  readonly signal?: AbortSignal | undefined
}

interface Asked {
  readonly namespaces: readonly string[]
  readonly where: { readonly where: JsonObject } | undefined
}

/** Counts the records of each namespace that an identity sees. */
export async function fetchCounts(
  connection: Connection,
  { as, namespaces, where, signal }: CountRequest,
): Promise<Counts> {
  if (namespaces.length === 0) return {}
  const asked = { namespaces, where: where && { where } }
  if (as.kind === 'admin') return aggregate(connection, asked, signal)
  const [seen, all] = await Promise.all([
    actAs(connection, as, (client, either) => countVisible(client, asked, either), { signal }),
    aggregate(connection, asked, signal),
  ])
  return Object.fromEntries(
    namespaces.map((name) => [name, upToLimit(seen[name] ?? null, all[name]?.records)]),
  )
}

/**
 * Counts as admin: Instant counts for nobody else. The number of an aggregate travels only in the
 * first answer of a subscription (contract: POST /admin/subscribe-query), so one is opened, read once
 * and closed.
 */
async function aggregate(
  connection: Connection,
  { namespaces, where }: Asked,
  signal: AbortSignal | undefined,
): Promise<Counts> {
  const $ = { ...where, aggregate: 'count' }
  const query = Object.fromEntries(namespaces.map((name) => [name, { $ }]))
  return reach(
    connection,
    async (either) => {
      const stream = new AbortController()
      const body = await subscribe(connection, query, AbortSignal.any([either, stream.signal]))
      const told = body ? await firstAnswer(body).finally(() => stream.abort()) : null
      const numbers = answer.safeParse(told).data?.['result-meta'].aggregate ?? {}
      return Object.fromEntries(namespaces.map((name) => [name, exactly(numbers[name]?.count)]))
    },
    { signal },
  )
}

/**
 * Counts by fetching ids, up to `countLimit`. All namespaces are asked for at once; a rule that fails
 * on one record fails all of it, so then each is asked for alone, and only those it fails are unknown.
 */
async function countVisible(
  client: InstantClient,
  { namespaces, where }: Asked,
  signal: AbortSignal,
): Promise<Numbers> {
  const fetchIds = async (names: readonly string[]): Promise<Numbers> => {
    const $ = { ...where, fields: ['id'], limit: countLimit + 1 }
    const query = Object.fromEntries(names.map((name) => [name, { $ }]))
    const found = idsAnswer.parse(await sendQuery(client, query, signal))
    return Object.fromEntries(names.map((name) => [name, found[name]?.length ?? 0]))
  }
  const [together] = await Promise.allSettled([fetchIds(namespaces)])
  if (together.status === 'fulfilled') return together.value
  if (namespaces.length === 1 || !isOfRules(together.reason)) throw together.reason
  const alone = await Promise.allSettled(namespaces.map((name) => fetchIds([name])))
  return Object.assign(
    Object.fromEntries(namespaces.map((name) => [name, null])),
    ...alone.map((each) => (each.status === 'fulfilled' ? each.value : {})),
  )
}

type Numbers = Readonly<Record<string, number | null>>

const idsAnswer = z.record(z.string(), z.array(z.unknown()))

function isOfRules(error: unknown): boolean {
  const body: { type?: unknown } | undefined =
    error instanceof InstantAPIError ? error.body : undefined
  return body?.type === 'permission-evaluation-failed'
}

function exactly(records: number | undefined): Count | null {
  return records === undefined ? null : { records, isExact: true }
}

// Where rules are judged after the limit has cut the rest off, what was found is only the least there is.
function upToLimit(found: number | null, all: number | undefined): Count | null {
  if (found === null) return null
  const isExact = found <= countLimit && all !== undefined && all <= countLimit
  return { records: Math.min(found, countLimit), isExact }
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

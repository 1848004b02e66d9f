import 'server-only'
import type { JsonObject } from '@/lib/base/json'
import { actAs, type InstantClient } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { sendQuery, sendTaggedQuery } from '@/lib/instant/send-query'
import type { RecordsRequest } from '@/lib/model/requests/record'
import { recordsOf, type WireRecord } from './record-shape'
import type { Reading } from './schema'

export interface QueryOptions {
  readonly query: JsonObject
  readonly signal: AbortSignal | undefined
}

type Asked = Pick<RecordsRequest, 'appId' | 'as' | 'namespace'>

/** What a query answers for one namespace, as the request's identity sees it. */
export async function fetchRecords(
  request: Asked,
  { query, signal }: QueryOptions,
): Promise<readonly WireRecord[]> {
  const answer = await ask(request, (client, either) => sendQuery(client, query, either), signal)
  return recordsOf(answer, request.namespace)
}

/** The same, and by which schema, where the backend tells. */
export async function fetchTaggedRecords(
  request: Asked,
  { query, signal }: QueryOptions,
): Promise<Reading<readonly WireRecord[]>> {
  const { answer, schemaTag } = await ask(
    request,
    (client, either) => sendTaggedQuery(client, query, either),
    signal,
  )
  return { value: recordsOf(answer, request.namespace), schemaTag }
}

async function ask<T>(
  { appId, as }: Asked,
  send: (client: InstantClient, signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  return actAs(await requireConnection(appId), as, send, { signal })
}

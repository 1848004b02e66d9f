import 'server-only'
import type { JsonObject } from '@/lib/base/json'
import { actAs } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { sendQuery } from '@/lib/instant/send-query'
import type { RecordsRequest } from '@/lib/model/requests/record'
import { recordsOf, type WireRecord } from './record-shape'

export interface QueryOptions {
  readonly query: JsonObject
  readonly signal: AbortSignal | undefined
}

/** What a query answers for one namespace, as the request's identity sees it. */
export async function fetchRecords(
  { appId, as, namespace }: Pick<RecordsRequest, 'appId' | 'as' | 'namespace'>,
  { query, signal }: QueryOptions,
): Promise<readonly WireRecord[]> {
  const connection = await requireConnection(appId)
  const answer: unknown = await actAs(
    connection,
    as,
    (client, either) => sendQuery(client, query, either),
    { signal },
  )
  return recordsOf(answer, namespace)
}

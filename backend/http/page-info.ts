import type { PageInfo, QueryAnswer } from '@/backend/operations/query-answer'
import type { Json } from '@/lib/base/json'

type WireCursor = readonly [string, string, Json, number | null]

/** `result-meta` of a subscription's answer (contract http.md 2.6, 4.2). */
export function toResultMeta({ pageInfo, counts }: QueryAnswer) {
  return {
    'page-info': mapValues(pageInfo, toWirePageInfo),
    aggregate: mapValues(counts, (count) => ({ count })),
  }
}

function toWirePageInfo(info: PageInfo) {
  return {
    'start-cursor': toWireCursor(info.startCursor),
    'end-cursor': toWireCursor(info.endCursor),
    'has-next-page?': info.hasNextPage,
    'has-previous-page?': info.hasPreviousPage,
  }
}

function toWireCursor(cursor: PageInfo['startCursor']): WireCursor | null {
  return cursor && [cursor.entityId, cursor.attrId, cursor.value, cursor.createdAt]
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}

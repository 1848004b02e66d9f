import { z } from 'zod'
import { cursorLimit, cursorParts } from '@/lib/model/cursor'
import type { PageEnd } from '@/lib/model/record'

const pageInfo = z.record(
  z.string(),
  z.object({ endCursor: cursorParts.nullable(), hasNextPage: z.boolean() }),
)

/**
 * What the SDK's page info says of the end of a namespace's page. What is not told, or not as
 * expected, is null, and the next page is then read by its number.
 */
export function toPageEnd(told: unknown, namespace: string): PageEnd {
  const info = pageInfo.safeParse(told).data?.[namespace]
  const text = info?.endCursor ? JSON.stringify(info.endCursor) : null
  return {
    cursor: text !== null && text.length <= cursorLimit ? text : null,
    hasNext: info?.hasNextPage ?? null,
  }
}

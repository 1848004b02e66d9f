import 'server-only'
import type { JsonObject } from '@/lib/base/json'
import type { InstantClient } from './client'

export interface FirstAnswer {
  readonly data: unknown
  /** By namespace: cursors of the page and whether there is more. Not judged; may be missing. */
  readonly pageInfo: unknown
}

/**
 * The first answer of a subscription, which is closed then. It tells what the answer of a query leaves
 * out: where its page begins and ends (contract http.md 2.6, 4.2). Raises what the backend refuses.
 */
export function askOnce(
  client: InstantClient,
  query: JsonObject,
  signal: AbortSignal,
): Promise<FirstAnswer> {
  return new Promise((resolve, reject) => {
    const unjudged = query as Parameters<InstantClient['subscribeQuery']>[0]
    const subscription = client.subscribeQuery(unjudged, (payload) => {
      leave()
      if (payload.type === 'ok') resolve({ data: payload.data, pageInfo: payload.pageInfo })
      else reject(payload.error)
    })
    const abort = () => {
      leave()
      reject(signal.reason)
    }
    const leave = () => {
      signal.removeEventListener('abort', abort)
      subscription.close()
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}

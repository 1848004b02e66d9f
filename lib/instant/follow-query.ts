import 'server-only'
import type { JsonObject } from '@/lib/base/json'
import type { Identity } from '@/lib/model/identity'
import { actAs, type InstantClient } from './client'
import type { Connection } from './connection'
import { toTrouble } from './to-trouble'

interface FollowOptions {
  readonly query: JsonObject
  /** Ends it. */
  readonly signal: AbortSignal
  /** Called with the first answer and with each that differs from the one before. */
  readonly onAnswer: (answer: unknown) => void
  /** Called, in words, for what may pass by itself: a lost connection, a rule that fails now. */
  readonly onTrouble: (message: string) => void
}

/** A subscription is meant to last; this only bounds one whose end was missed. */
const longestMs = 24 * 3_600_000

/**
 * Follows the answers of a query as an identity, through the SDK's subscription. Resolves when the
 * signal aborts; raises an InstantError when the subscription ends by itself.
 */
export async function followQuery(
  connection: Connection,
  identity: Identity,
  { query, signal, onAnswer, onTrouble }: FollowOptions,
): Promise<void> {
  const follow = (client: InstantClient, either: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const unjudged = query as Parameters<InstantClient['subscribeQuery']>[0]
      const subscription = client.subscribeQuery(unjudged, (payload) => {
        if (payload.type === 'ok') onAnswer(payload.data)
        else if (payload.isClosed) reject(payload.error)
        else onTrouble(toTrouble(payload.error))
      })
      const end = () => {
        subscription.close()
        resolve()
      }
      if (either.aborted) end()
      else either.addEventListener('abort', end, { once: true })
    })
  try {
    await actAs(connection, identity, follow, { signal, timeoutMs: longestMs })
  } catch (error) {
    // That nobody listens any more is how it is meant to end.
    if (!signal.aborted) throw error
  }
}

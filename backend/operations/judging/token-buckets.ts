import { EngineError } from '@/backend/engine-error'
import type { LimitRequest } from '@/backend/rules/frame'
import { limitFingerprint, type RateLimits } from '@/backend/rules/rate-limit'
import { type BucketState, takeTokens } from '@/backend/rules/token-bucket'
import type { AppKey } from '@/backend/schema/attr'

/** Takes the tokens that rules ask for, or throws `rate-limited` (contract semantics.md 6.6). */
export type TakeTokens = (
  app: AppKey,
  request: LimitRequest,
  context: { readonly limits: RateLimits; readonly nowMs: number },
) => void

const maxBuckets = 100_000

/**
 * Buckets of this process. They are kept in memory: a token stays taken when the request that took
 * it fails, which a table written by that request's transaction could not say.
 */
export function createTokenBuckets(): TakeTokens {
  const buckets = new Map<string, readonly BucketState[]>()
  return (app, { name, key, tokens }, { limits, nowMs }) => {
    const limit = limits.get(name)
    if (!limit) return
    const id = JSON.stringify([app, name, limitFingerprint(limit), key])
    const taking = takeTokens(limit, buckets.get(id) ?? null, { tokens, nowMs })
    buckets.delete(id)
    buckets.set(id, taking.states)
    const oldest = buckets.keys().next()
    if (buckets.size > maxBuckets && !oldest.done) buckets.delete(oldest.value)
    if (taking.kind === 'refused') {
      throw new EngineError('rate-limited', 'Your request exceeded the rate limit.', {
        'retry-at': new Date(taking.retryAtMs).toISOString(),
        'retry-after': Math.ceil((taking.retryAtMs - nowMs) / 1000),
        'remaining-tokens': taking.remaining,
      })
    }
  }
}

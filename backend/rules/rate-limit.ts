/** The named limits of a rule document (contract semantics.md 6.6). */
export type RateLimits = ReadonlyMap<string, RateLimit>

/** All limits must have room for a token to be taken. */
export interface RateLimit {
  readonly limits: readonly BucketConfig[]
}

/** One token bucket. It starts full. */
export interface BucketConfig {
  readonly capacity: number
  readonly refillAmount: number
  readonly periodMs: number
  /** Tokens trickle back one by one, or all of `refillAmount` at the end of each period. */
  readonly refillType: 'greedy' | 'interval'
}

/** Tells configurations apart: buckets of one that changed start fresh. */
export function limitFingerprint({ limits }: RateLimit): string {
  return limits
    .map((limit) =>
      [limit.capacity, limit.refillAmount, limit.periodMs, limit.refillType].join('/'),
    )
    .join(' ')
}

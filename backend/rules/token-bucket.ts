import type { BucketConfig, RateLimit } from './rate-limit'

/** What is left in a bucket, as of a moment. */
export interface BucketState {
  readonly tokens: number
  /** When `tokens` was true: of an `interval` bucket, the end of a whole number of periods. */
  readonly asOfMs: number
}

export type Taking =
  | { readonly kind: 'taken'; readonly states: readonly BucketState[] }
  | {
      readonly kind: 'refused'
      readonly states: readonly BucketState[]
      /** When the tokens will be there if nobody takes any before. */
      readonly retryAtMs: number
      /** Whole tokens of the bucket with the fewest. */
      readonly remaining: number
    }

/**
 * Takes tokens from every bucket of a limit, or from none when one of them lacks room
 * (contract semantics.md 6.6). Without states the buckets are full.
 */
export function takeTokens(
  { limits }: RateLimit,
  states: readonly BucketState[] | null,
  { tokens, nowMs }: { readonly tokens: number; readonly nowMs: number },
): Taking {
  const refilled = limits.map((config, at) => refill(config, states?.[at] ?? null, nowMs))
  const remaining = Math.min(...refilled.map((state) => Math.floor(state.tokens + epsilon)))
  if (remaining >= tokens) {
    const left = refilled.map((state) => ({ ...state, tokens: state.tokens - tokens }))
    return { kind: 'taken', states: left }
  }
  const waits = limits.map((config, at) => availableAt(config, refilled[at], tokens))
  return {
    kind: 'refused',
    states: refilled,
    retryAtMs: Math.max(nowMs, ...waits),
    remaining: Math.max(0, remaining),
  }
}

// Trickling tokens are fractions; ten tenths are one.
const epsilon = 1e-9

function refill(config: BucketConfig, state: BucketState | null, nowMs: number): BucketState {
  if (!state) return { tokens: config.capacity, asOfMs: nowMs }
  const { capacity, refillAmount, periodMs, refillType } = config
  // A clock that went back refills nothing.
  const periods = Math.max(0, nowMs - state.asOfMs) / periodMs
  const counted = refillType === 'greedy' ? periods : Math.floor(periods)
  return {
    tokens: Math.min(capacity, state.tokens + counted * refillAmount),
    asOfMs: state.asOfMs + counted * periodMs,
  }
}

/** A bucket that can never hold as many has them, for want of a better answer, when it is full. */
function availableAt(
  { capacity, refillAmount, periodMs, refillType }: BucketConfig,
  state: BucketState | undefined,
  tokens: number,
): number {
  if (!state) return 0
  const lacking = Math.min(tokens, capacity) - state.tokens
  if (lacking <= epsilon) return 0
  const periods = lacking / refillAmount
  return state.asOfMs + (refillType === 'greedy' ? periods : Math.ceil(periods)) * periodMs
}

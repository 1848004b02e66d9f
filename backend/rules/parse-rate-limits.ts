import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { parseInterval } from './parse-interval'
import type { BucketConfig, RateLimit, RateLimits } from './rate-limit'
import type { RuleIssue } from './rule-issue'

export interface ParsedRateLimits {
  readonly limits: RateLimits
  readonly issues: readonly RuleIssue[]
}

/** The `$rateLimits` of a document and all that is wrong with them (contract semantics.md 6.6, 6.8). */
export function parseRateLimits(document: Json | undefined): ParsedRateLimits {
  if (document === undefined || document === null) return { limits: new Map(), issues: [] }
  if (!isJsonObject(document)) {
    const issue = { message: '$rateLimits must be an object', in: ['$rateLimits'] }
    return { limits: new Map(), issues: [issue] }
  }
  const limits = new Map<string, RateLimit>()
  const issues: RuleIssue[] = []
  for (const [name, config] of Object.entries(document)) {
    const parsed = parseLimit(config)
    if (typeof parsed === 'string') issues.push({ message: parsed, in: ['$rateLimits', name] })
    // A refused limit is still a name that expressions may use; its own issue is enough.
    limits.set(name, typeof parsed === 'string' ? { limits: [] } : parsed)
  }
  return { limits, issues }
}

/** The limit, or what is wrong with it first. */
function parseLimit(config: Json): RateLimit | string {
  const list = isJsonObject(config) ? config.limits : undefined
  if (list === undefined || list === null) return missing('limits')
  if (!Array.isArray(list)) return malformed('limits')
  if (list.length === 0) {
    return invalid('The rate limit config must have at least one limit in the `limits` array.')
  }
  const limits: BucketConfig[] = []
  for (const item of list as readonly Json[]) {
    const parsed = isJsonObject(item) ? parseBucket(item) : malformed('limits')
    if (typeof parsed === 'string') return parsed
    limits.push(parsed)
  }
  return { limits }
}

function parseBucket({ capacity, refill }: JsonObject): BucketConfig | string {
  if (capacity === undefined || capacity === null) return missing('capacity')
  if (!isPositiveInteger(capacity)) return malformed('capacity')
  const options = refill ?? {}
  if (!isJsonObject(options)) return malformed('refill')
  const { amount = capacity, type = 'greedy', period = '1 hour' } = options
  if (!isPositiveInteger(amount)) return malformed('refill', 'amount')
  if (type !== 'greedy' && type !== 'interval') return malformed('refill', 'type')
  const periodMs = typeof period === 'string' ? parseInterval(period) : null
  if (periodMs === null) return malformed('refill', 'period')
  if (periodMs < 1000) return invalid('The refill period must be longer than a second.')
  if (periodMs > 86_400_000) return invalid("The refill period can't be longer than a day.")
  return { capacity, refillAmount: amount, periodMs, refillType: type }
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function invalid(message: string): string {
  return `Validation failed for rules: ${message}`
}

function missing(name: string): string {
  return `Missing parameter: ["${name}"]`
}

function malformed(...path: readonly string[]): string {
  return `Malformed parameter: [${path.map((name) => `"${name}"`).join(' ')}]`
}

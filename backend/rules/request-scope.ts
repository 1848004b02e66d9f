import type { CelMap } from '@bufbuild/cel'
import { celMap } from '@bufbuild/cel'
import type { JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { listValue, rowValue } from './cel-value'
import { timestampValue } from './compile-timestamp'

/** Who asks, and how: what is the same for every row of a request (contract semantics.md 6.3). */
export interface RequestFacts {
  /** The caller's `$users` row; null for a guest. */
  readonly auth: JsonObject | null
  readonly ruleParams: JsonObject | null
  /** Fixed for the whole request. */
  readonly timeMs: number
  readonly ip: string | null
  readonly origin: string | null
}

/** The same as values that programs read, made once and used for every row. */
export interface RequestScope {
  readonly facts: RequestFacts
  readonly auth: CelMap
  readonly ruleParams: CelMap
  /** `request` of a row on which these attributes are set. */
  readonly request: (modifiedFields: readonly string[]) => CelMap
}

export function createRequestScope(facts: RequestFacts): RequestScope {
  const time = must(timestampValue(BigInt(facts.timeMs) * 1000n), 'the clock is within CEL years')
  const request = (modifiedFields: readonly string[]) =>
    celMap(
      new Map([
        ['modifiedFields', listValue(modifiedFields)],
        ['time', time],
        ['ip', facts.ip],
        ['origin', facts.origin],
      ]),
    )
  const unmodified = request([])
  return {
    facts,
    auth: rowValue(facts.auth ?? {}, { kind: 'auth' }),
    ruleParams: rowValue(facts.ruleParams ?? {}),
    request: (fields) => (fields.length === 0 ? unmodified : request(fields)),
  }
}

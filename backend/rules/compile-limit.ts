import type { CelValue } from '@bufbuild/cel'
import { RowMap } from './cel-value'
import type { CallExpr } from './expression'
import type { Frame, LimitRequest, Run } from './frame'
import { Failure, isStuck, type Outcome, unknown } from './outcome'
import { toJson } from './to-json'

/**
 * `rateLimit.<name>.limit(key, tokens)` (contract semantics.md 6.6). Taking the token is left to
 * the caller, and asked for only once everything to the left is known, so a rule that is decided
 * without it takes none. Null when the call is no `limit`.
 */
export function compileLimit(
  expr: CallExpr,
  target: Run | null,
  [key, tokens, ...others]: readonly Run[],
): Run | null {
  if (!target || !key || others.length > 0) return null
  return (frame) => {
    const bucket = target(frame)
    if (isStuck(bucket)) return bucket
    const keyValue = key(frame)
    if (isStuck(keyValue)) return keyValue
    const count = tokens ? tokens(frame) : 1n
    if (isStuck(count)) return count
    const name = bucketName(bucket)
    if (name === null) return new Failure('limit is a method of a rate limit', expr)
    if (typeof count !== 'bigint' || count < 1n) {
      return new Failure('limit takes a positive number of tokens', expr)
    }
    return ask(frame, { name, key: JSON.stringify(toJson(keyValue)), tokens: Number(count) })
  }
}

function ask(frame: Frame, request: LimitRequest): Outcome {
  if (frame.asked < frame.granted) {
    frame.asked++
    return true
  }
  if (frame.missing.length === 0 && frame.limit === null) frame.limit = request
  return unknown
}

function bucketName(value: CelValue): string | null {
  const origin = value instanceof RowMap ? value.origin : null
  return origin?.kind === 'bucket' ? origin.name : null
}

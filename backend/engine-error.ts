import type { Json } from '@/lib/base/json'

/**
 * A failure the caller can act on. `type` is Instant's name for it (contract http.md 1.6);
 * the HTTP layer derives the status from it, so nothing below knows about statuses.
 */
export class EngineError extends Error {
  readonly type: string
  readonly hint: Json

  constructor(type: string, message: string, hint: Json = {}) {
    super(message)
    this.name = 'EngineError'
    this.type = type
    this.hint = hint
  }
}

/** One entry of `hint.errors`: any of a message, what was expected, where, and a hint of its own. */
export interface ValidationIssue {
  readonly message?: string
  readonly expected?: string
  readonly 'expected?'?: string
  readonly in?: readonly Json[]
  readonly hint?: Json
}

/**
 * Instant's standard validation error: the message is `Validation failed for <dataType>` followed
 * by the issues' own messages, and the hint repeats the input (contract semantics.md 3.2, 7.1).
 */
export function validationError(
  dataType: string,
  input: unknown,
  issues: readonly ValidationIssue[],
): EngineError {
  const messages = issues.flatMap(({ message }) => (message === undefined ? [] : [message]))
  const detail = messages.length > 0 ? `: ${messages.join(', ')}` : ''
  return new EngineError('validation-failed', `Validation failed for ${dataType}${detail}`, {
    'data-type': dataType,
    input: (input ?? null) as Json,
    errors: issues as unknown as Json,
  })
}

/** Instant's answer to what takes too long (contract semantics.md 7.1). */
export function timedOut(what: 'query' | 'transaction'): EngineError {
  return new EngineError('timeout', `The ${what} took too long to complete.`, null)
}

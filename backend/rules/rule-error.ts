import { EngineError, validationError } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'
import type { FoundRule } from './find-rule'
import type { Failure } from './outcome'
import type { ProgramIssue, RuleIssue } from './rule-issue'
import type { Taking } from './token-bucket'

/** A document that may not be saved (contract semantics.md 6.8). */
export function invalidRules(code: Json, issues: readonly RuleIssue[]): EngineError {
  return validationError('rule', code, issues)
}

/** A rule that turns out not to compile when it is used (contract semantics.md 6.8). */
export function unusableRule({ path }: FoundRule, issues: readonly ProgramIssue[]): EngineError {
  return validationError(
    'permission',
    path,
    issues.map(({ message }) => ({ message, in: path })),
  )
}

/**
 * A rule that could not be evaluated (contract semantics.md 6.3, http.md 1.6). Callers that may
 * see the rules are told what CEL said; others that there may be a typo.
 */
export function evaluationFailed(
  { namespace, action }: FoundRule,
  failure: Failure,
  { isDebug }: { readonly isDebug: boolean },
): EngineError {
  const hint = isDebug ? failure.message : 'You may have a typo'
  const message = `Could not evaluate permission rule for \`${namespace}.${action}\`. ${hint}. Debug this in the sandbox and then update your permission rules.`
  return new EngineError('permission-evaluation-failed', message, {
    rule: [namespace, action],
    error: { type: 'INVALID_ARGUMENT', message, hint },
  })
}

/**
 * A step or row that its rule refuses (contract semantics.md 6.5, 6.7); storage and streams name
 * another expectation (http.md 1.6).
 */
export function permissionDenied(
  input: readonly string[],
  expected: 'perms-pass?' | 'has-storage-permission?' | 'has-streams-permission?' = 'perms-pass?',
): EngineError {
  return new EngineError('permission-denied', `Permission denied: not ${expected}`, {
    input,
    expected,
  })
}

/** A token that was not there (contract semantics.md 6.6). */
export function rateLimited(
  { retryAtMs, remaining }: Extract<Taking, { kind: 'refused' }>,
  nowMs: number,
): EngineError {
  return new EngineError('rate-limited', 'Your request exceeded the rate limit.', {
    'retry-at': new Date(retryAtMs).toISOString(),
    'retry-after': Math.ceil((retryAtMs - nowMs) / 1000),
    'remaining-tokens': remaining,
  })
}

import type { Context } from 'hono'
import { EngineError, timedOut } from '@/backend/engine-error'
import { isStatementTimeout } from '@/backend/operations/statement-timeout'
import { isJsonObject, type Json } from '@/lib/base/json'

const badRequest = new Set([
  'record-not-found',
  'record-expired',
  'record-not-unique',
  'record-foreign-key-invalid',
  'record-check-violation',
  'sql-raise',
  'permission-denied',
  'permission-evaluation-failed',
  'parameter-limit-exceeded',
  'app-read-only',
  'app-disabled',
  'app-creation-disabled',
  'signups-closed',
  'billing-closed',
  'param-missing',
  'param-malformed',
  'validation-failed',
  'session-missing',
  'member-missing',
  'connection-closed',
])

/** Status of an error by its type and hint (contract http.md 1.5). */
export function errorStatus({ type, hint }: EngineError): 400 | 401 | 403 | 429 | 500 | 501 {
  if (type === 'not-supported-yet') return 501
  if (type === 'forbidden-origin' || type === 'invalid-link') return 403
  if (type === 'rate-limited' || type === 'timeout') return 429
  if (!badRequest.has(type)) return 500
  const args = isJsonObject(hint) && Array.isArray(hint.args) ? hint.args : []
  const first: Json | undefined = args[0]
  return isJsonObject(first) && first['auth?'] === true ? 401 : 400
}

/** The error envelope (contract http.md 1.5). */
export function errorBody({ type, message, hint }: EngineError) {
  return { type, message, hint }
}

/**
 * Answers every error of the backend; the one place that catches. What is not ours to explain is
 * logged and answered without detail.
 */
export function answerError(error: Error, c: Context): Response {
  const isWrite = c.req.path === '/admin/transact'
  const known = isStatementTimeout(error)
    ? timedOut(isWrite ? 'transaction' : 'query')
    : toEngineError(error)
  return c.json(errorBody(known), errorStatus(known))
}

/** The error itself, or Instant's answer to an unexpected one, which is logged. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error
  console.error(error)
  return new EngineError('unknown', 'Something went wrong. Sorry about this!', {})
}

/** The refusal of something that Instant has and this backend does not have yet. */
export function notSupportedYet(what: string): EngineError {
  return new EngineError(
    'not-supported-yet',
    `The embedded backend does not support ${what} yet.`,
    { feature: what },
  )
}

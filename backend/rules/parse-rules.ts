import { isJsonObject, type Json } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'
import { type RuleIssue, unexpectedShape } from './rule-issue'
import { type Rules, readRules } from './rules'
import { validateRules } from './validate-rules'

/** A document that may be saved, or what keeps it from that (contract semantics.md 6.8). */
export function parseRules(code: Json): Result<Rules, readonly RuleIssue[]> {
  const issues = validateRules(code)
  if (issues.length > 0) return { ok: false, error: issues }
  return isJsonObject(code)
    ? { ok: true, data: readRules(code) }
    : { ok: false, error: [{ message: unexpectedShape, in: [] }] }
}

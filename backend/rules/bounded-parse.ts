import type { Result } from '@/lib/base/result'
import type { Expr } from './expression'
import { type ExpressionIssue, parseExpression } from './parse-expression'

/** Characters of all rules of a document together, with every bind counted wherever it is used. */
export const maxCompiledChars = 1_000_000

/**
 * Parses each text once, and refuses all once so much has been asked for that small rules over
 * large binds would keep the process busy for minutes.
 */
export function createBoundedParse(): typeof parseExpression {
  const known = new Map<string, Result<Expr, ExpressionIssue>>()
  let left = maxCompiledChars
  return (text) => {
    left -= text.length
    if (left < 0) return { ok: false, error: { message: tooLarge, at: null } }
    const parsed = known.get(text) ?? parseExpression(text)
    known.set(text, parsed)
    return parsed
  }
}

const tooLarge = `Rules with the binds they use can't be larger than ${maxCompiledChars} characters.`

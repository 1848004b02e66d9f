import { parse } from '@bufbuild/cel'
import type { Result } from '@/lib/base/result'
import type { Expr } from './expression'
import { toExpr } from './to-expr'

/** Longest text of one expression. */
export const maxExpressionBytes = 10_240
/** Deepest nesting; a longer chain of `||` or `&&` is balanced and stays shallow. */
export const maxExpressionDepth = 200

/** A complaint about an expression. */
export interface ExpressionIssue {
  readonly message: string
  /** The offset it points at, or null when it is about the whole. */
  readonly at: number | null
}

/**
 * The expression a text spells. A trailing comment is allowed; a text that is too long or nested
 * too deeply is an issue like any other, and never costs more than reading it once.
 */
export function parseExpression(text: string): Result<Expr, ExpressionIssue> {
  if (text.length > maxExpressionBytes || Buffer.byteLength(text) > maxExpressionBytes) {
    return refuse(`Rule expressions can't be longer than ${maxExpressionBytes} bytes.`)
  }
  if (bracketDepth(text) > maxExpressionDepth) return refuse(tooDeep)
  try {
    const { expr, sourceInfo } = parse(`${text}\n`)
    const converted = expr && sourceInfo && toExpr(expr, sourceInfo, maxExpressionDepth)
    return converted ? { ok: true, data: converted } : refuse(tooDeep)
  } catch (error) {
    // The library's parser throws, on bad syntax and on exhausted stack alike.
    if (error instanceof RangeError) return refuse(tooDeep)
    const { rawMessage, message, location } = error as LibraryError
    return refuse(`Syntax error: ${rawMessage ?? message}`, location?.start?.offset ?? null)
  }
}

const tooDeep = `Rule expressions can't be nested deeper than ${maxExpressionDepth} levels.`

interface LibraryError {
  readonly message: string
  readonly rawMessage?: string
  readonly location?: { readonly start?: { readonly offset?: number } }
}

function refuse(message: string, at: number | null = null): Result<Expr, ExpressionIssue> {
  return { ok: false, error: { message, at } }
}

/** Deepest bracket nesting. Brackets inside strings count too: this is only a bound. */
function bracketDepth(text: string): number {
  let depth = 0
  let deepest = 0
  for (const char of text) {
    if ('([{'.includes(char)) deepest = Math.max(deepest, ++depth)
    if (')]}'.includes(char)) depth--
  }
  return deepest
}

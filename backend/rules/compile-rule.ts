import type { Json } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'
import type { FoundRule } from './find-rule'
import { parseExpression } from './parse-expression'
import { compileProgram, type Program } from './program'
import { type ProgramIssue, unexpectedShape } from './rule-issue'
import type { Rules } from './rules'

export const oddBinds = 'bind should have an even number of elements'

/**
 * The program of a found rule. It may use the binds of the namespace it judges and those of
 * `$default`, the namespace's own winning (contract semantics.md 6.2).
 */
export function compileRule(
  rules: Rules,
  { expression, namespace, action }: FoundRule,
  { parse = parseExpression }: { readonly parse?: typeof parseExpression } = {},
): Result<Program, readonly ProgramIssue[]> {
  const text = expressionText(expression)
  if (text === null) return refuse(unexpectedShape)
  const own = rules.namespaces.get(namespace)?.binds
  const everywhere = rules.namespaces.get('$default')?.binds
  if (own?.isOdd || everywhere?.isOdd) return refuse(oddBinds)
  const binds = new Map([...(everywhere?.texts ?? []), ...(own?.texts ?? [])])
  const texts = new Map([...binds].map(([name, bind]) => [name, expressionText(bind)]))
  return compileProgram({ text, binds: texts, parse }, { action, rateLimits: rules.rateLimits })
}

/** The text of an expression; null for what is neither text nor boolean. */
function expressionText(expression: Json): string | null {
  if (typeof expression === 'boolean') return String(expression)
  return typeof expression === 'string' ? expression : null
}

function refuse(message: string): Result<Program, readonly ProgramIssue[]> {
  return { ok: false, error: [{ message, position: null }] }
}

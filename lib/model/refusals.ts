import type { RuleCheck } from './transaction'

/** What a rule refuses, as one however many records it refuses it for. */
export interface Refusal {
  /** Such as `update tickets`. */
  readonly what: string
  /** Where the rule stands, or words for it where that is not told. */
  readonly rule: string
  /** As written in the rules; null when it is not told. */
  readonly code: string | null
  /** Of how many records. */
  readonly count: number
}

/** What the checks of a dry run refuse. */
export function toRefusals(checks: readonly RuleCheck[]): readonly Refusal[] {
  const lines = new Map<string, Refusal>()
  for (const { isAllowed, action, namespace, rule } of checks) {
    if (isAllowed) continue
    const what = `${action} ${namespace}`
    const path = rule?.path ?? `the rule for ${what}`
    const key = `${what} ${path}`
    const count = (lines.get(key)?.count ?? 0) + 1
    lines.set(key, { what, rule: path, code: rule?.code ?? null, count })
  }
  return [...lines.values()]
}

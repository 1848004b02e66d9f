import type { JsonObject } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'
import { compileRule } from './compile-rule'
import type { RowAction } from './environment'
import { type FoundRule, findFieldRule, findLinkRule, findOwnRule, findRule } from './find-rule'
import type { Program } from './program'
import type { ProgramIssue } from './rule-issue'
import { readRules } from './rules'

/** A rule and its program, or why it cannot be used: some rules are first compiled here. */
export interface CompiledRule extends FoundRule {
  readonly program: Result<Program, readonly ProgramIssue[]>
}

/**
 * The rules of an app, each compiled when first asked for. Keep one per version of the document.
 * Null always means that no rule is defined; what that means is up to the asker.
 */
export interface CompiledRules {
  /** The look-up of contract semantics.md 6.2. Null: allowed. */
  rule(namespace: string, action: RowAction): CompiledRule | null
  /** Null: sign-up is allowed unless extra fields are given (contract http.md 3.9). */
  signUpRule(): CompiledRule | null
  /** Null: the side has no say (contract semantics.md 6.5). */
  linkRule(namespace: string, action: 'link' | 'unlink', label: string): CompiledRule | null
  /** Null: shown wherever the row is (contract semantics.md 6.4). */
  fieldRule(namespace: string, label: string): CompiledRule | null
  /** Labels of the namespace that have a rule. */
  fieldLabels(namespace: string): readonly string[]
  readonly rateLimits: ReturnType<typeof readRules>['rateLimits']
}

/** Compiles a document, valid or not: what is wrong shows where it is used. */
export function compileRules(code: JsonObject): CompiledRules {
  const rules = readRules(code)
  const compiled = new Map<string, CompiledRule>()
  const compile = (found: FoundRule | null): CompiledRule | null => {
    if (!found) return null
    const key = JSON.stringify([found.namespace, found.action, ...found.path])
    const known = compiled.get(key)
    if (known) return known
    const rule = { ...found, program: compileRule(rules, found) }
    compiled.set(key, rule)
    return rule
  }
  return {
    rule: (namespace, action) => compile(findRule(rules, namespace, action)),
    signUpRule: () => compile(findOwnRule(rules, '$users', 'create')),
    linkRule: (namespace, action, label) =>
      compile(findLinkRule(rules, namespace, { action, label })),
    fieldRule: (namespace, label) => compile(findFieldRule(rules, namespace, label)),
    fieldLabels: (namespace) =>
      [...(rules.namespaces.get(namespace)?.fields.keys() ?? [])].filter((label) => label !== 'id'),
    rateLimits: rules.rateLimits,
  }
}

import { extensibleSystemNamespaces, isSystemNamespace } from '@/backend/schema/catalog'
import type { Json } from '@/lib/base/json'
import { builtInRule } from './built-in-rules'
import type { Action, RowAction } from './environment'
import type { NamespaceRules, Rules } from './rules'

/** Which of a document's rules, or of ours, was found. */
export type RuleOrigin =
  /** The namespace's own rule for the action, link label or field. */
  | 'own'
  /** The namespace's `$default`. */
  | 'ownDefault'
  /** `$default`'s rule for the action. */
  | 'default'
  /** `$default`'s `$default`. */
  | 'defaultDefault'
  /** The rule that a system namespace has when the document says nothing. */
  | 'builtIn'

export interface FoundRule {
  readonly origin: RuleOrigin
  /** Whom the rule judges, wherever it stands. */
  readonly namespace: string
  readonly action: Action
  /** Where the rule stands in the document, or would stand if it is built in. */
  readonly path: readonly string[]
  readonly expression: Json
  /** Instant's name for a built-in rule that is not its text (contract http.md 4.5). */
  readonly displayCode: string | null
}

/**
 * The rule for an action on a namespace: the first defined of the namespace's own, its `$default`,
 * `$default`'s, and what is built in; null when all is allowed (contract semantics.md 6.2).
 *
 * Unlike Instant, no `$default` opens the namespaces that hold tokens and codes: a hash of six
 * digits is as good as the digits, and nobody who writes `$default` means to publish those.
 */
export function findRule(rules: Rules, namespace: string, action: RowAction): FoundRule | null {
  if (isInternal(namespace)) return findBuiltIn(namespace, action)
  const own = rules.namespaces.get(namespace)
  const fallback = rules.namespaces.get('$default')
  const places = [
    ['own', own, namespace, action],
    ['ownDefault', own, namespace, '$default'],
    ['default', fallback, '$default', action],
    ['defaultDefault', fallback, '$default', '$default'],
  ] as const
  for (const [origin, from, owner, key] of places) {
    const expression = from?.allow.get(key)
    if (expression === undefined) continue
    const path = [owner, 'allow', key]
    return { origin, namespace, action, path, expression, displayCode: null }
  }
  return findBuiltIn(namespace, action)
}

function isInternal(namespace: string): boolean {
  return isSystemNamespace(namespace) && !extensibleSystemNamespaces.has(namespace)
}

function findBuiltIn(namespace: string, action: RowAction): FoundRule | null {
  const rule = builtInRule(namespace, action)
  if (!rule) return null
  const { code: expression, displayCode } = rule
  const path = [namespace, 'allow', action]
  return { origin: 'builtIn', namespace, action, path, expression, displayCode }
}

/** The rule that stands at `namespace.allow.action` itself: all that sign-up asks (http.md 3.9). */
export function findOwnRule(rules: Rules, namespace: string, action: RowAction): FoundRule | null {
  const found = findRule(rules, namespace, action)
  return found?.origin === 'own' ? found : null
}

/**
 * The rule for linking or unlinking by a label from this side; null when the side defines none
 * and the step falls back on `create`, `update` and `view` (contract semantics.md 6.5).
 */
export function findLinkRule(
  rules: Rules,
  namespace: string,
  { action, label }: { readonly action: 'link' | 'unlink'; readonly label: string },
): FoundRule | null {
  const expressions = rules.namespaces.get(namespace)?.[action]
  return (
    pick(expressions, label, { origin: 'own', namespace, action, at: ['allow', action] }) ??
    pick(expressions, '$default', {
      origin: 'ownDefault',
      namespace,
      action,
      at: ['allow', action],
    })
  )
}

/** The rule that may hide an attribute of visible rows; null for none (contract semantics.md 6.4). */
export function findFieldRule(rules: Rules, namespace: string, label: string): FoundRule | null {
  const fields = rules.namespaces.get(namespace)?.fields
  if (label === 'id') return null
  return pick(fields, label, { origin: 'own', namespace, action: 'view', at: ['fields'] })
}

interface Place {
  readonly origin: RuleOrigin
  readonly namespace: string
  readonly action: Action
  readonly at: readonly string[]
}

function pick(
  expressions: NamespaceRules['allow'] | undefined,
  key: string,
  { origin, namespace, action, at }: Place,
): FoundRule | null {
  const expression = expressions?.get(key)
  if (expression === undefined) return null
  const path = [namespace, ...at, key]
  return { origin, namespace, action, path, expression, displayCode: null }
}

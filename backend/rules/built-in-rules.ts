import type { RowAction } from './environment'

interface BuiltInRule {
  readonly code: string
  /** What explanations show instead of the code; null for the code itself. */
  readonly displayCode: string | null
}

const ownRow = "auth.id == data.id || auth.id in data.ref('linkedPrimaryUser.id')"

const users: Readonly<Record<RowAction, string>> = {
  view: ownRow,
  update: ownRow,
  create: 'true',
  delete: 'false',
}

/**
 * What holds for a system namespace when the document says nothing, not even by `$default`; null
 * for any other namespace, where all is allowed (contract semantics.md 6.2, http.md 4.5, 6.16).
 */
export function builtInRule(namespace: string, action: RowAction): BuiltInRule | null {
  if (!namespace.startsWith('$')) return null
  if (namespace === '$users') return { code: users[action], displayCode: null }
  if (namespace === '$files') return { code: 'false', displayCode: null }
  return { code: 'false', displayCode: `disallow_${action}_on_system_tables` }
}

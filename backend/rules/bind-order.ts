import type { Result } from '@/lib/base/result'
import type { NamedExpr } from './compile-expression'
import { children, type Expr } from './expression'

/** Longest chain of binds that use one another. */
const maxChain = 100

/**
 * The binds that an expression needs, each after those it uses itself, or a complaint about a
 * cycle, told from its first name back to it (contract semantics.md 6.2 and 6.8). `find` parses a
 * bind's text, which is done for those needed only.
 */
export function orderBinds(
  expr: Expr,
  find: (name: string) => Expr | null,
): Result<readonly NamedExpr[], string> {
  const ordered = new Map<string, NamedExpr>()
  const visit = (name: string, path: readonly string[]): string | null => {
    if (ordered.has(name)) return null
    const start = path.indexOf(name)
    if (start >= 0) return cyclic([...path.slice(start), name])
    if (path.length >= maxChain)
      return `Binds can't use each other over more than ${maxChain} steps.`
    const bound = find(name)
    if (!bound) return null
    for (const used of freeNames(bound)) {
      const complaint = visit(used, [...path, name])
      if (complaint !== null) return complaint
    }
    ordered.set(name, { name, expr: bound })
    return null
  }
  for (const name of freeNames(expr)) {
    const complaint = visit(name, [])
    if (complaint !== null) return { ok: false, error: complaint }
  }
  return { ok: true, data: [...ordered.values()] }
}

function cyclic(names: readonly string[]): string {
  return `The binds have a cyclic dependency ${names.join(' -> ')}`
}

/** Names that the expression does not itself introduce. */
export function freeNames(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>()
  collect(expr, new Set(), names)
  return names
}

function collect(expr: Expr, local: ReadonlySet<string>, names: Set<string>): void {
  switch (expr.kind) {
    case 'ident':
      if (!local.has(expr.name)) names.add(expr.name)
      return
    case 'macro': {
      collect(expr.range, local, names)
      const inner = new Set(local).add(expr.variable)
      if (expr.condition) collect(expr.condition, inner, names)
      collect(expr.body, inner, names)
      return
    }
    case 'bind':
      collect(expr.init, local, names)
      collect(expr.body, new Set(local).add(expr.name), names)
      return
  }
  for (const child of children(expr)) collect(child, local, names)
}

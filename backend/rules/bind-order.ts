import type { Result } from '@/lib/base/result'
import type { NamedExpr } from './compile-expression'
import { children, type Expr } from './expression'

/**
 * The binds that an expression needs, each after those it uses itself, or the names of a cycle
 * from its first name back to it (contract semantics.md 6.2 and 6.8). `find` parses a bind's text,
 * which is done for those needed only.
 */
export function orderBinds(
  expr: Expr,
  find: (name: string) => Expr | null,
): Result<readonly NamedExpr[], readonly string[]> {
  const ordered = new Map<string, NamedExpr>()
  const visit = (name: string, path: readonly string[]): readonly string[] | null => {
    if (ordered.has(name)) return null
    const start = path.indexOf(name)
    if (start >= 0) return [...path.slice(start), name]
    const bound = find(name)
    if (!bound) return null
    for (const used of freeNames(bound)) {
      const cycle = visit(used, [...path, name])
      if (cycle) return cycle
    }
    ordered.set(name, { name, expr: bound })
    return null
  }
  for (const name of freeNames(expr)) {
    const cycle = visit(name, [])
    if (cycle) return { ok: false, error: cycle }
  }
  return { ok: true, data: [...ordered.values()] }
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

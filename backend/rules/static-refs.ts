import type { RefSource } from './cel-value'
import { children, type Expr } from './expression'
import type { RefRequest } from './frame'

/**
 * The refs whose receiver and path can be read off the texts, once each. Others show up when the
 * program is evaluated, so this is a head start and not a promise.
 */
export function staticRefs(exprs: readonly Expr[]): readonly RefRequest[] {
  const found = new Map<string, RefRequest>()
  const visit = (expr: Expr): void => {
    const request = requestOf(expr)
    if (request) found.set(`${request.source} ${request.path}`, request)
    for (const child of children(expr)) visit(child)
  }
  for (const expr of exprs) visit(expr)
  return [...found.values()]
}

/** The request of `data.ref('a.b')` and its like, or null for anything else. */
export function requestOf(expr: Expr): RefRequest | null {
  if (expr.kind !== 'call' || expr.name !== 'ref' || expr.target?.kind !== 'ident') return null
  const [path] = expr.args
  if (path?.kind !== 'constant' || typeof path.value !== 'string') return null
  const source = expr.target.name
  if (!isSource(source)) return null
  if (source !== 'auth') return { source, path: path.value }
  const prefix = '$user.'
  return path.value.startsWith(prefix) ? { source, path: path.value.slice(prefix.length) } : null
}

function isSource(name: string): name is RefSource {
  return name === 'data' || name === 'linkedData' || name === 'auth'
}

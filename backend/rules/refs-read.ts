import { children, type Expr } from './expression'
import type { RefRequest } from './frame'
import type { Program } from './program'
import { requestOf } from './static-refs'

/** All refs that a program can ask for, or null when it makes up their paths or receivers. */
export function refsRead({ pieces, refs }: Program): readonly RefRequest[] | null {
  return pieces.every(({ expr }) => areStatic(expr)) ? refs : null
}

function areStatic(expr: Expr): boolean {
  if (requestOf(expr)) return true
  if (expr.kind === 'call' && expr.name === 'ref') return false
  return children(expr).every(areStatic)
}

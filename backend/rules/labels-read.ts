import { children, type Expr } from './expression'
import type { Program } from './program'
import { requestOf } from './static-refs'

/**
 * The labels that a program reads off `data`, or null when it may read any of them: it hands the
 * row on as a whole, or computes a label. So that callers need not fetch what no rule looks at.
 */
export function labelsRead({ pieces }: Program): ReadonlySet<string> | null {
  const labels = new Set<string>()
  return pieces.every(({ expr }) => collect(expr, labels)) ? labels : null
}

/** False when the labels cannot be told. */
function collect(expr: Expr, labels: Set<string>): boolean {
  if (isRow(expr)) return false
  // A ref starts from the row's id and reads none of its values.
  if (requestOf(expr)) return true
  const label = labelOf(expr)
  if (label === null) return children(expr).every((child) => collect(child, labels))
  labels.add(label)
  return true
}

/** The label of `data.label`, `has(data.label)` or `data['label']`; null for anything else. */
function labelOf(expr: Expr): string | null {
  if (expr.kind === 'select' || expr.kind === 'has') {
    return isRow(expr.operand) ? expr.field : null
  }
  if (expr.kind !== 'call' || expr.name !== '_[_]') return null
  const [operand, index] = expr.args
  if (!operand || !isRow(operand) || index?.kind !== 'constant') return null
  return typeof index.value === 'string' ? index.value : null
}

function isRow(expr: Expr): boolean {
  return expr.kind === 'ident' && expr.name === 'data'
}

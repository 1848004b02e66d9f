import { typeName } from './cel-library'
import type { CallExpr, Expr } from './expression'
import type { Compiler, Run, Scope } from './frame'
import { Failure, isStuck, type Outcome, unknown } from './outcome'

const names = new Set(['_&&_', '_||_', '!_', '_?_:_'])

export function isLogic({ name, target }: CallExpr): boolean {
  return target === null && names.has(name)
}

/**
 * The operators that need not look at all their operands. `a && b` is false when either is, even
 * if the other cannot be evaluated, and `||` likewise with true (contract semantics.md 6.3).
 */
export function compileLogic(expr: CallExpr, scope: Scope, { compile }: Compiler): Run {
  const [a, b, c] = expr.args.map((arg) => compile(arg, scope))
  if (!a) return () => mismatch(expr, [])
  if (expr.name === '!_') return compileNot(expr, a)
  if (!b) return () => mismatch(expr, [])
  if (expr.name === '_?_:_' && c) return compileChoice(expr, a, { yes: b, no: c })
  const decisive = expr.name === '_||_'
  return (frame) => {
    const left = a(frame)
    if (left === decisive) return decisive
    const right = b(frame)
    if (right === decisive) return decisive
    if (left === !decisive && right === !decisive) return !decisive
    return undecided(expr, left, right)
  }
}

/** What two operands come to of which neither decides: unknown, else the first that is no bool. */
export function undecided(expr: Expr, left: Outcome, right: Outcome): Outcome {
  const a = asBool(expr, left)
  const b = asBool(expr, right)
  if (a === unknown || b === unknown) return unknown
  return a instanceof Failure ? a : b
}

/** The outcome, or a failure when it is neither a bool nor stuck already. */
export function asBool(expr: Expr, outcome: Outcome): Outcome {
  if (typeof outcome === 'boolean' || isStuck(outcome)) return outcome
  return new Failure(`expected a bool, got ${typeName(outcome)}`, expr)
}

function compileNot(expr: CallExpr, operand: Run): Run {
  return (frame) => {
    const value = operand(frame)
    if (typeof value === 'boolean') return !value
    return isStuck(value) ? value : mismatch(expr, [value])
  }
}

function compileChoice(
  expr: CallExpr,
  condition: Run,
  { yes, no }: { readonly yes: Run; readonly no: Run },
): Run {
  return (frame) => {
    const value = condition(frame)
    if (value === true) return yes(frame)
    if (value === false) return no(frame)
    return isStuck(value) ? value : mismatch(expr, [value])
  }
}

function mismatch(expr: CallExpr, operands: readonly Outcome[]): Failure {
  const types = operands.map((operand) => (isStuck(operand) ? 'error' : typeName(operand)))
  return new Failure(
    `no matching overload for '${expr.name}' applied to '(${types.join(', ')})'`,
    expr,
  )
}

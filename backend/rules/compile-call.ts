import type { CelResult, CelValue } from '@bufbuild/cel'
import { isCelError } from '@bufbuild/cel'
import { costOf } from './call-cost'
import type { Meter } from './cel-equal'
import { findFunction, typeName } from './cel-library'
import { compileLimit } from './compile-limit'
import { compileRef } from './compile-ref'
import { compileTimestamp } from './compile-timestamp'
import type { CallExpr } from './expression'
import { fastOperators, fastPredicates } from './fast-operators'
import type { Compiler, Run, Scope } from './frame'
import { Failure, isStuck, type Outcome } from './outcome'

/**
 * A function, method or operator that looks at all its operands. Common ones on common types are
 * done here; the rest, and every other type, is the library's. Each call costs as much of the
 * budget as its operands and result are long.
 */
export function compileCall(expr: CallExpr, scope: Scope, compiler: Compiler): Run {
  const target = expr.target && compiler.compile(expr.target, scope)
  const args = expr.args.map((arg) => compiler.compile(arg, scope))
  const special = specials[expr.name]
  const compiled = special?.(expr, target, args)
  if (compiled) return compiled
  const [left, right] = target ? [target, ...args] : args
  const isBinary = left !== undefined && right !== undefined && args.length === (target ? 1 : 2)
  const fast = (target ? fastPredicates : fastOperators)[expr.name]
  if (!plainFunctions.has(expr.name)) compiler.needLibrary()
  const general = compileGeneral(expr, target, args)
  if (!fast || !isBinary) return general.run
  return (frame) => {
    const a = left(frame)
    if (isStuck(a)) return a
    const b = right(frame)
    if (isStuck(b)) return b
    if (--frame.budget < 0) return outOfBudget(expr)
    return fast(a, b, frame) ?? general.call(target ? a : undefined, target ? [b] : [a, b], frame)
  }
}

/** Functions that make no timestamp and no duration, whatever they are called with. */
const plainFunctions = new Set(
  '_==_ _!=_ _<_ _<=_ _>_ _>=_ @in size startsWith endsWith contains matches getTime'.split(' '),
)

type Special = (expr: CallExpr, target: Run | null, args: readonly Run[]) => Run | null

const specials: Readonly<Record<string, Special | undefined>> = Object.assign(
  Object.create(null) as Record<string, Special>,
  { ref: compileRef, limit: compileLimit, timestamp: compileTimestamp },
)

function compileGeneral(expr: CallExpr, target: Run | null, args: readonly Run[]) {
  const found = findFunction(expr.name)
  const call = (receiver: CelValue | undefined, values: CelValue[], frame: Meter): Outcome => {
    if (!found) return new Failure(`undeclared reference to '${expr.name}'`, expr)
    frame.budget -= costOf(expr.name, receiver, values)
    if (frame.budget < 0) return outOfBudget(expr)
    return outcomeOf(expr, found.call(expr.id, receiver, values), { receiver, values })
  }
  const run: Run = (frame) => {
    const receiver = target?.(frame)
    if (receiver !== undefined && isStuck(receiver)) return receiver
    const values: CelValue[] = []
    for (const arg of args) {
      const value = arg(frame)
      if (isStuck(value)) return value
      values.push(value)
    }
    return call(receiver, values, frame)
  }
  return { run, call }
}

interface Operands {
  readonly receiver: CelValue | undefined
  readonly values: readonly CelValue[]
}

function outcomeOf(
  expr: CallExpr,
  result: CelResult | undefined,
  { receiver, values }: Operands,
): Outcome {
  if (result === undefined) {
    const dot = receiver === undefined ? '' : `${typeName(receiver)}.`
    const types = `${dot}(${values.map(typeName).join(', ')})`
    return new Failure(`no matching overload for '${expr.name}' applied to '${types}'`, expr)
  }
  return isCelError(result) ? new Failure(result.message, expr) : result
}

function outOfBudget(expr: CallExpr): Failure {
  return new Failure('the expression takes too long', expr)
}

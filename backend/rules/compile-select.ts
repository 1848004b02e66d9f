import { type CelValue, isCelList, isCelMap, isCelUint } from '@bufbuild/cel'
import { typeName } from './cel-library'
import { RowMap } from './cel-value'
import type { CallExpr, Expr } from './expression'
import type { Compiler, Run, Scope } from './frame'
import { Failure, isStuck, type Outcome } from './outcome'

type SelectExpr = Extract<Expr, { kind: 'select' | 'has' }>

/** `a.b`. A row has every key; any other map fails on one that it lacks. */
export function compileSelect(expr: SelectExpr, scope: Scope, { compile }: Compiler): Run {
  const operand = compile(expr.operand, scope)
  const { field } = expr
  return (frame) => {
    const value = operand(frame)
    if (value instanceof RowMap) return value.get(field)
    return isStuck(value) ? value : entryOf(expr, value, field)
  }
}

/** `has(a.b)`: always true of a row (contract semantics.md 6.3). */
export function compileHas(expr: SelectExpr, scope: Scope, { compile }: Compiler): Run {
  const operand = compile(expr.operand, scope)
  return (frame) => {
    const value = operand(frame)
    if (isStuck(value)) return value
    return isCelMap(value) ? value.has(expr.field) : noFields(expr, value)
  }
}

/** `a[b]`, on lists by position and on maps by key. */
export function compileIndex(expr: CallExpr, scope: Scope, { compile }: Compiler): Run {
  const [operand, index] = expr.args.map((arg) => compile(arg, scope))
  if (!operand || !index) return () => new Failure('an index is missing', expr)
  return (frame) => {
    const value = operand(frame)
    if (isStuck(value)) return value
    const key = index(frame)
    if (isStuck(key)) return key
    return isCelList(value) ? itemOf(expr, value, key) : entryOf(expr, value, key)
  }
}

function entryOf(expr: Expr, value: CelValue, key: CelValue): Outcome {
  if (!isCelMap(value)) return noFields(expr, value)
  if (!isKey(key)) return new Failure(`unsupported key type: ${typeName(key)}`, expr)
  const found = value.get(key)
  return found === undefined ? new Failure(`no such key: ${String(key)}`, expr) : found
}

function itemOf(expr: Expr, list: { get(index: number): CelValue | undefined }, key: CelValue) {
  const position = isCelUint(key) ? Number(key.value) : Number(key)
  const isNumeric = typeof key === 'bigint' || typeof key === 'number' || isCelUint(key)
  if (!isNumeric || !Number.isInteger(position)) {
    return new Failure(`a list has no index of type ${typeName(key)}`, expr)
  }
  const found = position < 0 ? undefined : list.get(position)
  return found === undefined ? new Failure(`index out of bounds: ${position}`, expr) : found
}

function isKey(key: CelValue): key is string | boolean | bigint | number {
  return ['string', 'boolean', 'bigint', 'number'].includes(typeof key) || isCelUint(key)
}

function noFields(expr: Expr, value: CelValue): Failure {
  return new Failure(`${typeName(value)} has no fields`, expr)
}

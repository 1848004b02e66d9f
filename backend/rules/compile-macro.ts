import { type CelValue, isCelList, isCelMap } from '@bufbuild/cel'
import { typeName } from './cel-library'
import { listValue, ValueList } from './cel-value'
import { asBool, undecided } from './compile-logic'
import type { MacroExpr } from './expression'
import type { Compiler, Frame, Run, Scope } from './frame'
import { Failure, isStuck, type Outcome } from './outcome'

/** A macro over a list, or over the keys of a map. Every item costs a step of the budget. */
export function compileMacro(expr: MacroExpr, scope: Scope, { compile, newSlot }: Compiler): Run {
  const slot = newSlot()
  const inner = new Map(scope).set(expr.variable, { slot, init: null })
  const range = compile(expr.range, scope)
  const fold = compileFold(expr, {
    body: compile(expr.body, inner),
    condition: expr.condition && compile(expr.condition, inner),
    enter: (frame, item) => {
      frame.locals[slot] = item
      return --frame.budget >= 0
    },
  })
  return (frame) => {
    const value = range(frame)
    if (isStuck(value)) return value
    const items = itemsOf(value)
    return items
      ? fold(frame, items)
      : new Failure(`expected a list or a map, got ${typeName(value)}`, expr)
  }
}

type Fold = (frame: Frame, items: Iterable<CelValue>) => Outcome

interface Parts {
  readonly body: Run
  readonly condition: Run | null
  /** Puts the item into the frame; false when the budget is spent. */
  readonly enter: (frame: Frame, item: CelValue) => boolean
}

function compileFold(expr: MacroExpr, parts: Parts): Fold {
  const { body, condition, enter } = parts
  switch (expr.macro) {
    case 'all':
      return foldBool(expr, parts, false)
    case 'exists':
      return foldBool(expr, parts, true)
    case 'exists_one':
      return foldOne(expr, parts)
    case 'map':
      return foldList(enter, condition ? when(expr, condition, body) : body)
    case 'filter':
      return foldList(
        enter,
        when(expr, body, (_frame, item) => item),
      )
  }
}

/** Like a chain of `||` or `&&`: an item that decides outweighs those that fail. */
function foldBool(expr: MacroExpr, { body, enter }: Parts, decisive: boolean): Fold {
  return (frame, items) => {
    let result: Outcome = !decisive
    for (const item of items) {
      if (!enter(frame, item)) break
      const outcome = body(frame)
      if (outcome === decisive) return decisive
      if (outcome !== !decisive) result = undecided(expr, result, outcome)
    }
    return result
  }
}

function foldOne(expr: MacroExpr, { body, enter }: Parts): Fold {
  return (frame, items) => {
    let count = 0
    for (const item of items) {
      if (!enter(frame, item)) break
      const outcome = asBool(expr, body(frame))
      if (isStuck(outcome)) return outcome
      if (outcome === true) count++
    }
    return count === 1
  }
}

/** What an item adds to the resulting list; undefined for nothing. */
type Step = (frame: Frame, item: CelValue) => Outcome | undefined

function foldList(enter: Parts['enter'], step: Step): Fold {
  return (frame, items) => {
    const results: CelValue[] = []
    for (const item of items) {
      if (!enter(frame, item)) break
      const result = step(frame, item)
      if (result === undefined) continue
      if (isStuck(result)) return result
      results.push(result)
    }
    return listValue(results)
  }
}

/** Does the step for items of which the condition is true. */
function when(expr: MacroExpr, condition: Run, step: Step): Step {
  return (frame, item) => {
    const isIn = asBool(expr, condition(frame))
    if (isIn === true) return step(frame, item)
    return isStuck(isIn) ? isIn : undefined
  }
}

function itemsOf(value: CelValue): Iterable<CelValue> | null {
  if (value instanceof ValueList) return value.items
  if (isCelList(value)) return value
  return isCelMap(value) ? value.keys() : null
}

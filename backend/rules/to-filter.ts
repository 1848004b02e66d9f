import type { CelValue } from '@bufbuild/cel'
import type { CheckedType } from '@/backend/schema/attr'
import { freeNames } from './bind-order'
import { compileExpression, type NamedExpr } from './compile-expression'
import { createFrame, type Inputs, runIn } from './evaluate'
import type { CallExpr, Expr } from './expression'
import { compareField, containRef, equalField, fieldAsBool, fieldInList } from './filter-tests'
import { isImpossible } from './is-impossible'
import { Failure, isStuck, type Outcome } from './outcome'
import type { Program } from './program'
import { allOf, always, anyOf, never, not, type RuleFilter } from './rule-filter'
import { requestOf } from './static-refs'
import { both, choose, constantTri, either, opposite, type Tri } from './tri'

/** What is known before any row is looked at. */
export interface FilterInputs extends Pick<Inputs, 'scope' | 'refs' | 'readDate'> {
  /** The type that all non-null values of an attribute are known to have, or null. */
  readonly checkedType: (label: string) => CheckedType | null
}

/**
 * The rule as a filter on the rows it is asked about as `data`, for this request; or null when
 * there is none that agrees with evaluation on every row, null and missing values included, or
 * when some row might make the rule fail. What the caller's own refs say must be in `refs`.
 */
export function toFilter(program: Program, inputs: FilterInputs): RuleFilter | null {
  const names = program.pieces.flatMap(({ name, expr }) => (name === null ? [] : [{ name, expr }]))
  if (names.length > maxNames) return null
  const context: Context = {
    program,
    inputs,
    names,
    budget: { visits: maxVisits },
    known: new Map(),
    isCondition: false,
  }
  const passing = translatePass(program.expr, context)
  return passing && isImpossible(passing.error) ? passing.yes : null
}

/** A rule that looks at more than this is better evaluated. */
const maxVisits = 300
const maxNames = 50
const maxConstantSteps = 20_000

interface Context {
  readonly program: Program
  readonly inputs: FilterInputs
  /** What names stand for here; later ones hide earlier ones. */
  readonly names: readonly NamedExpr[]
  readonly budget: { visits: number }
  /** Whether rows have a say in what a name stands for, as far as found out. */
  readonly known: Map<NamedExpr, boolean>
  /** Inside the condition of a choice, where another would double the filter. */
  readonly isCondition: boolean
}

/** Where the rule as a whole lets rows pass: its value is neither false nor null. */
function translatePass(expr: Expr, context: Context): Pick<Tri, 'yes' | 'error'> | null {
  const known = constantOf(expr, context)
  if (known) return constantPass(known.outcome)
  const label = fieldOf(expr, context)
  if (label !== null) {
    const isFalse: RuleFilter = { kind: 'equals', label, value: false }
    return { yes: allOf(not({ kind: 'isNull', label }), not(isFalse)), error: never }
  }
  const named = inside(expr, context)
  if (named) return translatePass(named.expr, named.context)
  if (expr.kind !== 'call' || expr.name !== '_?_:_') return translate(expr, context)
  const [condition, a, b] = expr.args
  const test = condition && translate(condition, { ...context, isCondition: true })
  const [yes, no] = [a && translatePass(a, context), b && translatePass(b, context)]
  if (!test || !yes || !no) return null
  return {
    yes: anyOf(allOf(test.yes, yes.yes), allOf(test.no, no.yes)),
    error: anyOf(test.error, allOf(test.yes, yes.error), allOf(test.no, no.error)),
  }
}

function constantPass(outcome: Outcome): Pick<Tri, 'yes' | 'error'> {
  if (outcome instanceof Failure) return constantTri.error
  return { yes: outcome === false || outcome === null ? never : always, error: never }
}

/** Where an expression is true, false or fails, as the operand of a logical operator. */
function translate(expr: Expr, context: Context): Tri | null {
  if (--context.budget.visits < 0) return null
  const known = constantOf(expr, context)
  if (known) return constantBool(known.outcome)
  const label = fieldOf(expr, context)
  if (label !== null) return fieldAsBool(label, context.inputs.checkedType(label))
  const named = inside(expr, context)
  if (named) return translate(named.expr, named.context)
  if (expr.kind === 'has') return isRow(expr.operand, context) ? constantTri.yes : null
  return expr.kind === 'call' && !expr.target ? translateOperator(expr, context) : null
}

function constantBool(outcome: Outcome): Tri {
  if (outcome === true) return constantTri.yes
  return outcome === false ? constantTri.no : constantTri.error
}

function translateOperator(expr: CallExpr, context: Context): Tri | null {
  const [a, b, c] = expr.args
  if (!a) return null
  if (expr.name === '!_') {
    const operand = translate(a, context)
    return operand && opposite(operand)
  }
  if (!b) return null
  switch (expr.name) {
    case '_&&_':
    case '_||_': {
      const [left, right] = [translate(a, context), translate(b, context)]
      if (!left || !right) return null
      return expr.name === '_&&_' ? both(left, right) : either(left, right)
    }
    case '_?_:_':
      return c ? translateChoice([a, b, c], context) : null
    case '@in':
      return translateIn(a, b, context)
  }
  return translateTest(expr.name, [a, b], context)
}

function translateChoice(
  [condition, a, b]: readonly [Expr, Expr, Expr],
  context: Context,
): Tri | null {
  if (context.isCondition) return null
  const test = translate(condition, { ...context, isCondition: true })
  const [yes, no] = [translate(a, context), translate(b, context)]
  return test && yes && no && choose(test, yes, no)
}

/** A field against something known, either way round. */
function translateTest(
  operator: string,
  [a, b]: readonly [Expr, Expr],
  context: Context,
): Tri | null {
  const [left, right] = [fieldOf(a, context), fieldOf(b, context)]
  const label = left ?? right
  const other = constantOf(left === null ? a : b, context)
  if (label === null || !other || isStuck(other.outcome)) return null
  const value = other.outcome
  if (operator === '_==_') return equalField(label, value)
  if (operator === '_!=_') return negated(equalField(label, value))
  const isNumber = context.inputs.checkedType(label) === 'number'
  return isNumber ? compareField(label, { operator, value, isFlipped: left === null }) : null
}

function translateIn(value: Expr, list: Expr, context: Context): Tri | null {
  const known = constantOf(value, context)
  if (known && !isStuck(known.outcome)) {
    if (isRow(list, context)) return typeof known.outcome === 'string' ? constantTri.yes : null
    const request = isHidden('data', context) ? null : requestOf(list)
    return request?.source === 'data' ? containRef(request.path, known.outcome) : null
  }
  const label = fieldOf(value, context)
  const items = constantOf(list, context)
  if (label === null || !items || isStuck(items.outcome)) return null
  return fieldInList(label, items.outcome)
}

function negated(tri: Tri | null): Tri | null {
  return tri && opposite(tri)
}

/** The label of `data.label` or `data['label']`, else null. */
function fieldOf(expr: Expr, context: Context): string | null {
  if (expr.kind === 'select') return isRow(expr.operand, context) ? expr.field : null
  if (expr.kind !== 'call' || expr.name !== '_[_]') return null
  const [operand, index] = expr.args
  const label = index?.kind === 'constant' ? index.value : null
  return operand && isRow(operand, context) && typeof label === 'string' ? label : null
}

function isRow(expr: Expr, context: Context): boolean {
  return expr.kind === 'ident' && expr.name === 'data' && !isHidden('data', context)
}

function isHidden(name: string, { names }: Context): boolean {
  return names.some((named) => named.name === name)
}

/** What a name stands for, or what a `cel.bind` is about; null for any other expression. */
function inside(expr: Expr, context: Context): { expr: Expr; context: Context } | null {
  const { names } = context
  if (expr.kind === 'bind') {
    const bound = { name: expr.name, expr: expr.init }
    return { expr: expr.body, context: { ...context, names: [...names, bound] } }
  }
  if (expr.kind !== 'ident') return null
  const at = names.findLastIndex(({ name }) => name === expr.name)
  const named = names[at]
  return named ? { expr: named.expr, context: { ...context, names: names.slice(0, at) } } : null
}

const varying = new Set(['data', 'newData', 'linkedData', 'actions', 'rateLimit'])

/** What the expression comes to if no row has a say in it; null if one has, or if a ref lacks. */
function constantOf(expr: Expr, context: Context): { readonly outcome: CelValue | Failure } | null {
  const { program, inputs, names } = context
  if (varies(expr, context)) return null
  const compiled = compileExpression(expr, { binds: names, isTraced: false })
  const frame = createFrame(program, inputs, null)
  frame.budget = maxConstantSteps
  const outcome = runIn(program, compiled, frame)
  if (frame.budget < 0 || (isStuck(outcome) && !(outcome instanceof Failure))) return null
  return { outcome }
}

function varies(expr: Expr, { names, known }: Pick<Context, 'names' | 'known'>): boolean {
  return [...freeNames(expr)].some((name) => {
    const at = names.findLastIndex((named) => named.name === name)
    const named = names[at]
    if (!named) return varying.has(name)
    const isVarying = known.get(named) ?? varies(named.expr, { names: names.slice(0, at), known })
    known.set(named, isVarying)
    return isVarying
  })
}

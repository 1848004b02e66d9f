import { typeName } from './cel-library'
import { checkCall } from './check-call'
import { type Checking, undeclared, unknownLimit } from './checking'
import { type Environment, type Variable, variablesOf } from './environment'
import type { Expr, MacroExpr } from './expression'
import type { ExpressionIssue } from './parse-expression'
import {
  bool,
  dyn,
  formatType,
  isAssignable,
  isDyn,
  joinTypes,
  listOf,
  plain,
  rowType,
  type StaticType,
  string,
  timestamp,
} from './static-type'
import { qualifiedName, typeNames } from './type-names'

/** A check of one text, in which the given names stand for other texts of known type. */
export interface CheckResult {
  readonly type: StaticType
  readonly issues: readonly ExpressionIssue[]
}

/**
 * Complains as Instant's compiler does about what cannot work whatever the row: unknown names and
 * fields, operators and functions on types they do not take (contract semantics.md 6.3, 6.8).
 * What depends on a row is `dyn` and is left to evaluation; so is a literal null.
 */
export function checkExpression(
  expr: Expr,
  environment: Environment,
  binds: ReadonlyMap<string, StaticType>,
): CheckResult {
  const issues: ExpressionIssue[] = []
  const variables = variablesOf(environment.action).map(
    (name) => [name, variableTypes[name]] as const,
  )
  const type = check(expr, {
    environment,
    names: new Map([...variables, ...binds]),
    report: (message, { at }) => issues.push({ message, at }),
  })
  return { type, issues }
}

const variableTypes: Readonly<Record<Variable, StaticType>> = {
  data: rowType,
  newData: rowType,
  linkedData: rowType,
  auth: rowType,
  ruleParams: rowType,
  actions: { kind: 'map', key: string, value: string },
  request: plain('request'),
  rateLimit: plain('rateLimits'),
}

const requestFields: ReadonlyMap<string, StaticType> = new Map([
  ['modifiedFields', listOf(string)],
  ['time', timestamp],
  ['ip', string],
  ['origin', string],
])

function check(expr: Expr, checking: Checking): StaticType {
  switch (expr.kind) {
    case 'constant':
      return expr.value === null ? dyn : plain(typeName(expr.value))
    case 'ident':
      return checkIdent(expr, expr.name, checking)
    case 'select':
      if (typeNames.has(qualifiedName(expr) ?? '')) return plain('type')
      return checkField(expr, check(expr.operand, checking), checking)
    case 'has':
      checkField(expr, check(expr.operand, checking), checking)
      return bool
    case 'call':
      return checkCall(expr, checking, check)
    case 'list':
      return listOf(joinTypes(expr.elements.map((element) => check(element, checking))))
    case 'map': {
      const keys = expr.entries.map(({ key }) => check(key, checking))
      const values = expr.entries.map(({ value }) => check(value, checking))
      return { kind: 'map', key: joinTypes(keys), value: joinTypes(values) }
    }
    case 'macro':
      return checkMacro(expr, checking)
    case 'bind':
      return check(expr.body, withName(checking, expr.name, check(expr.init, checking)))
    case 'unsupported':
      return undeclared(expr, expr.what, checking)
  }
}

function checkIdent(expr: Expr, name: string, checking: Checking): StaticType {
  const type = checking.names.get(name)
  if (type) return type
  return typeNames.has(name) ? plain('type') : undeclared(expr, name, checking)
}

type FieldExpr = Extract<Expr, { kind: 'select' | 'has' }>

function checkField(expr: FieldExpr, operand: StaticType, checking: Checking): StaticType {
  if (isDyn(operand)) return dyn
  if (operand.kind === 'map') return operand.value
  switch (formatType(operand)) {
    case 'request': {
      const type = requestFields.get(expr.field)
      if (!type) checking.report(`undefined field '${expr.field}'`, expr)
      return type ?? dyn
    }
    case 'rateLimits':
      if (!checking.environment.rateLimits.has(expr.field)) {
        checking.report(unknownLimit(expr.field), expr)
      }
      return plain('rateLimit')
  }
  checking.report(`type '${formatType(operand)}' does not support field selection`, expr)
  return dyn
}

function checkMacro(expr: MacroExpr, checking: Checking): StaticType {
  const range = check(expr.range, checking)
  const inner = withName(checking, expr.variable, itemType(expr, range, checking))
  if (expr.condition) checkBool(expr, check(expr.condition, inner), checking)
  const body = check(expr.body, inner)
  if (expr.macro === 'map') return listOf(body)
  checkBool(expr, body, checking)
  return expr.macro === 'filter' ? listOf(inner.names.get(expr.variable) ?? dyn) : bool
}

function itemType(expr: Expr, range: StaticType, { report }: Checking): StaticType {
  if (range.kind === 'list') return range.of
  if (range.kind === 'map') return range.key
  if (!isDyn(range)) {
    const type = formatType(range)
    report(
      `expression of type '${type}' cannot be range of a comprehension (must be list, map, or dynamic)`,
      expr,
    )
  }
  return dyn
}

/** A macro's condition is an operand of the operator that the macro expands to. */
function checkBool(expr: MacroExpr, type: StaticType, { report }: Checking): void {
  if (isAssignable(type, bool, new Map())) return
  const operator = expr.macro === 'all' ? '_&&_' : expr.macro === 'exists' ? '_||_' : '_?_:_'
  const isLogic = operator !== '_?_:_'
  const given = isLogic ? `bool, ${formatType(type)}` : `${formatType(type)}, dyn, dyn`
  const wanted = isLogic ? '(bool, bool)' : '(bool, %A, %A)'
  report(
    `found no matching overload for '${operator}' applied to '(${given})' (candidates: ${wanted})`,
    expr,
  )
}

function withName(checking: Checking, name: string, type: StaticType): Checking {
  return { ...checking, names: new Map(checking.names).set(name, type) }
}

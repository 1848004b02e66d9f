import { type Checking, undeclared, unknownLimit } from './checking'
import { authRefComplaint } from './compile-ref'
import type { CallExpr, Expr } from './expression'
import { type Overload, overloads, variadic } from './overloads'
import {
  bool,
  dyn,
  formatType,
  isAssignable,
  joinTypes,
  plain,
  type StaticType,
  type Substitution,
  substitute,
} from './static-type'

type Check = (expr: Expr, checking: Checking) => StaticType

/** The type of a call, after complaints about its name and its operands' types. */
export function checkCall(expr: CallExpr, checking: Checking, check: Check): StaticType {
  const receiver = expr.target && check(expr.target, checking)
  const args = expr.args.map((arg) => check(arg, checking))
  if (variadic.has(expr.name) && !expr.target && args.length > 0) return dyn
  const candidates = overloads.get(expr.name)
  if (expr.name === 'has' && !expr.target) {
    checking.report('invalid argument to has() macro', expr)
    return bool
  }
  if (!candidates) return undeclared(expr, expr.name, checking)
  const limit = checkLimitIndex(expr, args, checking)
  if (limit) return limit
  const results = candidates.flatMap((candidate) => matching(candidate, receiver, args) ?? [])
  if (results.length === 0) {
    const given = `${receiver ? `${formatType(receiver)}.` : ''}(${args.map(formatType).join(', ')})`
    const texts = candidates.map(({ text }) => text).join(',')
    checking.report(
      `found no matching overload for '${expr.name}' applied to '${given}' (candidates: ${texts})`,
      expr,
    )
    return dyn
  }
  checkAuthRef(expr, checking)
  return joinTypes(results)
}

/** The result for operands of these types, or null when the overload does not take them. */
function matching(
  overload: Overload,
  receiver: StaticType | null,
  args: readonly StaticType[],
): StaticType | null {
  const wanted = overload.receiver ? [overload.receiver, ...overload.args] : overload.args
  const given = receiver ? [receiver, ...args] : args
  if ((receiver === null) !== (overload.receiver === null)) return null
  if (given.length !== wanted.length) return null
  const bound: Substitution = new Map()
  const isTaken = given.every((type, at) => isAssignable(type, wanted[at] ?? dyn, bound))
  return isTaken ? substitute(overload.result, bound) : null
}

/** `rateLimit['name']`: a limit like `rateLimit.name`, and known by name if the name is. */
function checkLimitIndex(
  { name, args }: CallExpr,
  [operand]: readonly StaticType[],
  { environment, report }: Checking,
): StaticType | null {
  const [, index] = args
  if (name !== '_[_]' || !operand || formatType(operand) !== 'rateLimits' || !index) return null
  const limit = index.kind === 'constant' ? index.value : null
  if (typeof limit === 'string' && !environment.rateLimits.has(limit)) {
    report(unknownLimit(limit), index)
  }
  return plain('rateLimit')
}

function checkAuthRef({ name, target, args }: CallExpr, { report }: Checking): void {
  const [path] = args
  if (name !== 'ref' || target?.kind !== 'ident' || target.name !== 'auth') return
  if (path?.kind !== 'constant' || typeof path.value !== 'string') return
  if (!path.value.startsWith('$user.')) report(authRefComplaint, path)
}

import type { Environment } from './environment'
import type { Expr } from './expression'
import { dyn, type StaticType } from './static-type'

/** What the names in reach stand for, and where complaints go. */
export interface Checking {
  readonly environment: Environment
  readonly names: ReadonlyMap<string, StaticType>
  readonly report: (message: string, expr: Expr) => void
}

/** Complains about a name that nothing has (contract semantics.md 6.8). */
export function undeclared(expr: Expr, name: string, { report }: Checking): StaticType {
  report(`undeclared reference to '${name}' (in container '')`, expr)
  return dyn
}

/** What is said of a rate limit that the document does not define (contract semantics.md 6.8). */
export function unknownLimit(name: string): string {
  return `\`${name}\` is not a valid rate limit config. It should be defined in the \`$rateLimits\` key.`
}

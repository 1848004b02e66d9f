import type { CelValue } from '@bufbuild/cel'
import type { Expr } from './expression'

/**
 * An evaluation error as a value: logical operators may absorb it (contract semantics.md 6.3).
 * Not an Error: one is made for every row a rule fails on, and a stack costs more than the rule.
 */
export class Failure {
  readonly message: string
  /** The expression that failed. */
  readonly expr: Expr

  constructor(message: string, expr: Expr) {
    this.message = message
    this.expr = expr
  }
}

/** What cannot be said before the caller has fetched a ref or taken a token. */
export class Unknown {
  readonly isUnknown = true
}

export const unknown = new Unknown()

/** What an expression yields. Failures and unknowns pass through whatever is strict. */
export type Outcome = CelValue | Failure | Unknown

/** There is no value to go on with. */
export function isStuck(outcome: Outcome): outcome is Failure | Unknown {
  return outcome instanceof Failure || outcome instanceof Unknown
}

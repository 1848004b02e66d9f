import type { CelValue } from '@bufbuild/cel'
import type { Json } from '@/lib/base/json'
import type { RefSource } from './cel-value'
import type { Expr } from './expression'
import type { Outcome } from './outcome'
import type { ReadDate } from './read-date'

/** Values wanted at the end of a path of labels; `auth` paths start at the caller's `$users` row. */
export interface RefRequest {
  readonly source: RefSource
  /** Labels joined by dots, without the `$user.` that `auth.ref` demands. */
  readonly path: string
}

/** All values at the end of the path, `[]` for none; undefined when not fetched yet. */
export type RefLookup = (request: RefRequest) => readonly Json[] | undefined

/** A token wanted from a bucket. `key` is the argument as written to JSON. */
export interface LimitRequest {
  readonly name: string
  readonly key: string
  readonly tokens: number
}

/** The state of one evaluation. Nothing outside it changes while a rule runs. */
export interface Frame {
  readonly globals: Readonly<Record<string, CelValue | undefined>>
  readonly locals: (Outcome | undefined)[]
  readonly refs: RefLookup
  readonly readDate: ReadDate
  readonly nowMs: number
  /** Steps left. Below zero the evaluation has failed, whatever it yields. */
  budget: number
  /** Refs that were asked for and not there. */
  readonly missing: RefRequest[]
  /** How many tokens the caller has taken for this evaluation already. */
  readonly granted: number
  /** How many have been asked for so far. */
  asked: number
  /** The token to take next. */
  limit: LimitRequest | null
  readonly trace: ((expr: Expr, outcome: Outcome) => void) | null
}

/** An expression, ready to run. */
export type Run = (frame: Frame) => Outcome

/** A local name: where the frame keeps it and, for one evaluated when first used, how. */
export interface Local {
  readonly slot: number
  readonly init: Run | null
}

export type Scope = ReadonlyMap<string, Local>

/** Compiles an expression in a scope: what the parts of the compiler call for their children. */
export interface Compiler {
  readonly compile: (expr: Expr, scope: Scope) => Run
  /** A place in the frame that nothing else uses. */
  readonly newSlot: () => number
  /** Tells that the library's context will be wanted. */
  readonly needLibrary: () => void
}

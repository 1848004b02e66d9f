import type { CelValue } from '@bufbuild/cel'
import type { Json, JsonObject } from '@/lib/base/json'
import { inLibrary } from './cel-library'
import { rowValue } from './cel-value'
import type { Compiled } from './compile-expression'
import type { Frame, LimitRequest, RefLookup, RefRequest } from './frame'
import { Failure, type Outcome, unknown } from './outcome'
import type { Program } from './program'
import { type ReadDate, readDate } from './read-date'
import type { RequestScope } from './request-scope'
import { toJson } from './to-json'

/** What one evaluation looks at. A row that is absent has no keys, so all of them are null. */
export interface Inputs {
  readonly scope: RequestScope
  readonly data?: JsonObject | null
  readonly newData?: JsonObject | null
  readonly linkedData?: JsonObject | null
  /** What a `link` does to either side (contract semantics.md 6.3). */
  readonly actions?: {
    readonly data: 'create' | 'update'
    readonly linkedData: 'create' | 'update'
  }
  /** Labels set by this transaction on the entity, without `id`. */
  readonly modifiedFields?: readonly string[]
  /** What has been fetched of the refs of this row. */
  readonly refs?: RefLookup
  /** How many of the tokens asked for by this evaluation the caller has taken. */
  readonly granted?: number
  readonly readDate?: ReadDate
}

/** What an evaluation comes to. Nothing is thrown: a failing rule is an answer too. */
export type Evaluation =
  | { readonly kind: 'value'; readonly value: Json; readonly passes: boolean }
  | { readonly kind: 'error'; readonly failure: Failure }
  /**
   * More is wanted: refs first, all that can be known to be; then one token at a time. Evaluate
   * again once it is there.
   */
  | {
      readonly kind: 'needs'
      readonly refs: readonly RefRequest[]
      readonly limit: LimitRequest | null
    }

/** Steps that one evaluation may take: far beyond any sensible rule, and tens of milliseconds. */
export const maxSteps = 500_000

/**
 * Evaluates a program on one row. It passes when the value is neither false nor null
 * (contract semantics.md 6.3).
 */
export function evaluate(program: Program, inputs: Inputs): Evaluation {
  const frame = createFrame(program, inputs, null)
  return conclude(program, frame, runIn(program, program.compiled, frame))
}

/** A frame for one run; `trace` hears of every sub-expression of a traced compilation. */
export function createFrame(program: Program, inputs: Inputs, trace: Frame['trace']): Frame {
  const { scope } = inputs
  return {
    globals: globalsOf(program, inputs),
    locals: [],
    refs: inputs.refs ?? noRefs,
    readDate: inputs.readDate ?? readDate,
    nowMs: scope.facts.timeMs,
    budget: maxSteps,
    missing: [],
    granted: inputs.granted ?? 0,
    asked: 0,
    limit: null,
    trace,
  }
}

/** Runs what was compiled, in the library's own context if it may make messages. */
export function runIn(program: Program, { run, needsLibrary }: Compiled, frame: Frame): Outcome {
  return needsLibrary ? inLibrary(() => guarded(program, run, frame)) : guarded(program, run, frame)
}

/** The answer that an outcome and the state it was reached in amount to. */
export function conclude(program: Program, frame: Frame, outcome: Outcome): Evaluation {
  if (frame.budget < 0) {
    return { kind: 'error', failure: new Failure('the rule takes too many steps', program.expr) }
  }
  if (outcome === unknown) return { kind: 'needs', refs: frame.missing, limit: frame.limit }
  if (outcome instanceof Failure) return { kind: 'error', failure: outcome }
  if (typeof outcome === 'boolean') return outcome ? passed : refused
  const value = guarded(program, toJson, outcome as CelValue)
  if (value instanceof Failure) return { kind: 'error', failure: value }
  return { kind: 'value', value, passes: outcome !== null }
}

/** A row may be nested deeper than the stack is, which shows only when it is walked. */
function guarded<I, O>(program: Program, work: (input: I) => O, input: I): O | Failure {
  try {
    return work(input)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return new Failure('the values are nested too deeply', program.expr)
  }
}

const passed: Evaluation = { kind: 'value', value: true, passes: true }
const refused: Evaluation = { kind: 'value', value: false, passes: false }

function globalsOf(program: Program, inputs: Inputs): Frame['globals'] {
  const { scope, data, newData, linkedData, actions, modifiedFields = [] } = inputs
  return {
    data: data ? rowValue(data, { kind: 'data' }) : noData,
    newData: newData ? rowValue(newData) : nothing,
    linkedData: linkedData ? rowValue(linkedData, { kind: 'linkedData' }) : noLinkedData,
    actions: actions ? rowValue({ ...actions }) : nothing,
    auth: scope.auth,
    ruleParams: scope.ruleParams,
    request: scope.request(modifiedFields),
    rateLimit: program.buckets,
  }
}

const nothing = rowValue({})
const noData = rowValue({}, { kind: 'data' })
const noLinkedData = rowValue({}, { kind: 'linkedData' })
const noRefs: RefLookup = () => undefined

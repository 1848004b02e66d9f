import type { CelValue } from '@bufbuild/cel'
import type { Json, JsonObject } from '@/lib/base/json'
import { conclude, createFrame, type Evaluation, type Inputs, runIn } from './evaluate'
import { children, type Expr } from './expression'
import type { RefRequest } from './frame'
import { Failure, type Outcome, unknown } from './outcome'
import type { Piece, Program } from './program'
import { createLocator, lineAndColumn, type SourceRange } from './source-range'
import { toJson } from './to-json'

/** An evaluation with all that led to it. */
export interface Explanation {
  readonly evaluation: Evaluation
  /** The rule and the binds it uses, each with its sub-expressions; the rule comes last. */
  readonly texts: readonly ExplainedText[]
  readonly inputs: SeenInputs
  /** Where evaluation failed; null when it did not. */
  readonly error: ExplainedError | null
}

export interface ExplainedText {
  /** Name of the bind; null for the rule. */
  readonly name: string | null
  readonly text: string
  readonly steps: readonly Step[]
}

/** A sub-expression that is no literal, the outermost first. */
export interface Step extends SourceRange {
  readonly text: string
  /** What it came to, in order; several inside a macro, none when it was not needed. */
  readonly outcomes: readonly StepOutcome[]
  /** How often it was evaluated: `outcomes` keeps the first ones only. */
  readonly count: number
}

export type StepOutcome =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'unknown' }

export interface SeenInputs {
  readonly data: JsonObject | null
  readonly newData: JsonObject | null
  readonly linkedData: JsonObject | null
  readonly actions: JsonObject | null
  readonly auth: JsonObject | null
  readonly ruleParams: JsonObject | null
  readonly modifiedFields: readonly string[]
  readonly refs: readonly (RefRequest & { readonly values: readonly Json[] })[]
}

export interface ExplainedError extends SourceRange {
  readonly message: string
  /** Which text the range is in: the name of a bind, or null for the rule. */
  readonly name: string | null
  /** Both count from 1. */
  readonly line: number
  readonly column: number
}

const keptOutcomes = 20

/**
 * Evaluates like `evaluate` and tells the value of every sub-expression, where it stands, and what
 * the rule looked at.
 */
export function explain(program: Program, inputs: Inputs): Explanation {
  const seen = new Map<string, SeenInputs['refs'][number]>()
  const log = new Map<Expr, { outcomes: StepOutcome[]; count: number }>()
  const watched: Inputs = {
    ...inputs,
    refs: (request) => {
      const values = inputs.refs?.(request)
      if (values) seen.set(JSON.stringify(request), { ...request, values })
      return values
    },
  }
  const frame = createFrame(program, watched, (expr, outcome) => {
    const entry = log.get(expr) ?? { outcomes: [], count: 0 }
    entry.count++
    if (entry.outcomes.length < keptOutcomes) entry.outcomes.push(toStepOutcome(outcome))
    log.set(expr, entry)
  })
  const evaluation = conclude(program, frame, runIn(program, program.traced(), frame))
  return {
    evaluation,
    texts: program.pieces.map((piece) => explainPiece(piece, (expr) => log.get(expr))),
    inputs: seenInputs(inputs, [...seen.values()]),
    error: evaluation.kind === 'error' ? locateFailure(program, evaluation.failure) : null,
  }
}

/** The failure with its place in the rule or in the bind that it happened in. */
export function locateFailure({ pieces }: Program, { message, expr }: Failure): ExplainedError {
  const piece = pieces.find((candidate) => holds(candidate.expr, expr)) ?? pieces.at(-1)
  const { name, text } = piece ?? { name: null, text: '' }
  const range = createLocator(text)(expr)
  return { message, name, ...range, ...lineAndColumn(text, range.start) }
}

type Recorded = { readonly outcomes: readonly StepOutcome[]; readonly count: number }

function explainPiece(
  { name, text, expr }: Piece,
  recorded: (expr: Expr) => Recorded | undefined,
): ExplainedText {
  const locate = createLocator(text)
  const steps = descendants(expr)
    .filter(({ kind }) => kind !== 'constant')
    .map((step): Step => {
      const range = locate(step)
      const { outcomes, count } = recorded(step) ?? { outcomes: [], count: 0 }
      return { ...range, text: text.slice(range.start, range.end), outcomes, count }
    })
  return { name, text, steps }
}

function toStepOutcome(outcome: Outcome): StepOutcome {
  if (outcome === unknown) return { kind: 'unknown' }
  if (outcome instanceof Failure) return { kind: 'error', message: outcome.message }
  return { kind: 'value', value: toJson(outcome as CelValue) }
}

function seenInputs(inputs: Inputs, refs: SeenInputs['refs']): SeenInputs {
  const { auth, ruleParams } = inputs.scope.facts
  return {
    data: inputs.data ?? null,
    newData: inputs.newData ?? null,
    linkedData: inputs.linkedData ?? null,
    actions: inputs.actions ? { ...inputs.actions } : null,
    auth,
    ruleParams,
    modifiedFields: inputs.modifiedFields ?? [],
    refs,
  }
}

function descendants(expr: Expr): readonly Expr[] {
  return [expr, ...children(expr).flatMap(descendants)]
}

function holds(whole: Expr, part: Expr): boolean {
  return whole === part || children(whole).some((child) => holds(child, part))
}

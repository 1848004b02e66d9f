import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { AttrDraft } from '@/backend/schema/draft'
import { admitAttrs } from '@/backend/schema/new-attrs'
import type { Schema } from '@/backend/schema/schema'
import type { Topics } from '@/backend/schema/topics'
import type { Queryable } from '@/backend/store/database'
import type { Json } from '@/lib/base/json'
import { expandStep } from '../transact/expand'
import { inferAttrs } from '../transact/infer'
import { type AttrStep, type EntityStep, isAttrStep, type Step } from '../transact/step'
import { addAttrs, removeAttr, reviveAttr } from './change-attrs'
import { identifyOps } from './identify-ops'
import type { WriteJudge } from './judging/write-judge'
import { runOps } from './run-ops'

/** What is to be written, into which app, and under whose eyes. */
export interface WriteRequest {
  readonly app: AppKey
  readonly schema: Schema
  /** The steps as they came, for errors. */
  readonly steps: readonly Json[]
  /** Refuse names that the schema does not have, instead of creating attributes for them. */
  readonly throwOnMissingAttrs: boolean
  /** Entities of one topic that are told apart; see Changes. */
  readonly mostIds: number
  /** Null for the admin, of whom no rule is asked. */
  readonly judge: WriteJudge | null
}

/**
 * Writes the steps of a transaction with the attributes they make necessary, judging them on the
 * way (contract semantics.md 5.2, 6.5). Throws before anything can be committed. Answers with what
 * has been written.
 */
export async function writeSteps(
  tx: Queryable,
  request: WriteRequest,
  steps: readonly Step[],
): Promise<Topics> {
  const { app, schema, judge, mostIds } = request
  const entitySteps = steps.filter((step): step is EntityStep => !isAttrStep(step))
  judge?.refuse(schema, entitySteps)
  const changed = await changeAttrs(tx, request, steps.filter(isAttrStep))
  const complete = await inferMissing(tx, { ...request, schema: changed }, entitySteps)
  const ops = entitySteps.flatMap((step) => expandStep(complete, step))
  const identified = await identifyOps(tx, app, ops)
  const review = await judge?.review(complete, identified.ops)
  const hooks = review && { beforeDelete: review.beforeDelete }
  const written = await runOps(tx, { app, schema: complete, mostIds, ...hooks }, identified)
  await review?.after()
  return complete === schema ? written : new Map([...written, ['schema', null]])
}

/** Explicit steps about attributes come before everything else, in the order given. */
async function changeAttrs(
  tx: Queryable,
  request: WriteRequest,
  steps: readonly AttrStep[],
): Promise<Schema> {
  const { app, judge } = request
  let current = request.schema
  for (const run of runsOf(steps)) {
    if (run.kind === 'add-attr') {
      current = await createAttrs(tx, { ...request, schema: current }, run.attrs)
      continue
    }
    judge?.attrChange(run)
    const change = run.kind === 'delete-attr' ? removeAttr : reviveAttr
    current = await change(tx, { app, schema: current }, run.id)
  }
  return current
}

/** Names that nobody may take are refused before a rule is asked (contract semantics.md 6.5). */
async function createAttrs(
  tx: Queryable,
  { app, schema, judge }: WriteRequest,
  drafts: readonly AttrDraft[],
): Promise<Schema> {
  if (judge) await judge.newAttrs(schema, admitAttrs(schema, drafts))
  return addAttrs(tx, { app, schema }, drafts)
}

type Run =
  | { readonly kind: 'add-attr'; readonly attrs: AttrDraft[] }
  | Exclude<AttrStep, { readonly kind: 'add-attr' }>

/** Attributes that are added one after another are added at once. */
function runsOf(steps: readonly AttrStep[]): readonly Run[] {
  return steps.reduce<Run[]>((runs, step) => {
    const last = runs.at(-1)
    if (step.kind !== 'add-attr') runs.push(step)
    else if (last?.kind === 'add-attr') last.attrs.push(step.attr)
    else runs.push({ kind: 'add-attr', attrs: [step.attr] })
    return runs
  }, [])
}

async function inferMissing(
  tx: Queryable,
  request: WriteRequest,
  steps: readonly EntityStep[],
): Promise<Schema> {
  const { schema, throwOnMissingAttrs, steps: input } = request
  const missing = inferAttrs(schema, steps)
  if (missing.length === 0) return schema
  if (!throwOnMissingAttrs) return createAttrs(tx, request, missing)
  const attributes = missing.map(({ forward }) => `${forward.namespace}.${forward.label}`)
  throw validationError('steps', input, [
    { message: 'Attributes are missing in your schema', hint: { attributes } },
  ])
}

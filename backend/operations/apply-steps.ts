import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { ConstraintStep, PlanStep } from '@/backend/schema/plan-step'
import { parseWireStep, toWireStep } from '@/backend/schema/plan-wire'
import type { Schema } from '@/backend/schema/schema'
import type { Topics } from '@/backend/schema/topics'
import type { Queryable } from '@/backend/store/database'
import { bumpSchemaVersion } from '@/backend/store/insert-attrs'
import type { TransactionRow } from '@/backend/store/insert-transaction'
import { insertJobs } from '@/backend/store/jobs'
import { readApp } from '@/backend/store/read-app'
import type { Json, JsonObject } from '@/lib/base/json'
import { addAttrs, removeAttr, reviveAttr } from './change-attrs'
import type { Engine } from './engine'
import { readJobs } from './jobs/ask-jobs'
import { wakeJobs } from './jobs/run-jobs'
import { fieldMalformed, fieldMissing } from './param-error'
import { updateAttr } from './update-attr'
import { writeApp } from './write-app'

const schemaTopics: Topics = new Map([['schema', null]])

/** What applying a plan has come to. Jobs have just begun, or wait. */
export interface Applied {
  readonly steps: readonly PlanStep[]
  /** Null when no attribute was added, changed or deleted. */
  readonly transaction: TransactionRow | null
  readonly jobs: JobGroup | null
}

interface JobGroup {
  readonly groupId: string
  readonly ids: ReadonlyMap<PlanStep, string>
}

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

/**
 * `POST …/schema/steps/apply`, body `{steps}` (contract http.md 6.4, 6.14): what instant-cli has
 * worked out by itself. Answers with `{steps, transaction, "indexing-jobs"}`.
 */
export async function applyWireSteps(
  engine: Engine,
  { app, body }: { readonly app: AppKey; readonly body: JsonObject },
): Promise<JsonObject> {
  const steps = parseSteps(body.steps)
  const applied = await applySteps(engine, app, async () => steps)
  return answerApplied(engine, app, applied)
}

function parseSteps(input: Json | undefined): readonly PlanStep[] {
  if (input === undefined || input === null) throw fieldMissing('steps')
  if (!Array.isArray(input)) throw fieldMalformed('steps', input)
  const parsed = input.map((step: Json, index) => parseWireStep(step, [index]))
  const issues = parsed.flatMap((step) => (step.ok ? [] : step.error))
  if (issues.length > 0) throw validationError('steps', input, issues)
  return parsed.flatMap((step) => (step.ok ? [step.data] : []))
}

/**
 * Applies the steps that `plan` makes of the schema as it is: attributes in one transaction, which
 * leaves no trace if it fails. The same transaction stores a job for each constraint, and those are
 * carried out in the background, one after another (contract http.md 6.4).
 */
export async function applySteps(
  engine: Engine,
  app: AppKey,
  plan: (schema: Schema) => Promise<readonly PlanStep[]>,
): Promise<Applied> {
  const { result, transaction } = await writeApp(engine, app, async (tx) => {
    const schema = await engine.readSchema(tx, app)
    const steps = await plan(schema)
    const isChanging = await applyAttrSteps(tx, { app, schema }, steps)
    const jobs = await storeJobs(tx, app, steps.filter(isConstraint))
    return { result: { steps, jobs }, topics: isChanging ? schemaTopics : null }
  })
  if (result.jobs) wakeJobs(engine)
  return { ...result, transaction }
}

async function storeJobs(
  tx: Queryable,
  app: AppKey,
  steps: readonly ConstraintStep[],
): Promise<JobGroup | null> {
  if (steps.length === 0) return null
  const group = {
    groupId: crypto.randomUUID(),
    ids: new Map(steps.map((step) => [step, crypto.randomUUID()])),
  }
  await insertJobs(tx, app, group)
  // Readers are told which attributes are about to change.
  await bumpSchemaVersion(tx, app)
  return group
}

/** Whether any step was about an attribute. Names are freed before they are taken. */
async function applyAttrSteps(
  tx: Queryable,
  { app, schema }: Context,
  steps: readonly PlanStep[],
): Promise<boolean> {
  let current = schema
  const added = steps.flatMap((step) => (step.kind === 'add-attr' ? [step.attr] : []))
  const updates = steps.flatMap((step) => (step.kind === 'update-attr' ? [step] : []))
  const isNew = (id: string) => added.some((attr) => attr.id === id)
  for (const step of steps) {
    if (step.kind === 'delete-attr')
      current = await removeAttr(tx, { app, schema: current }, step.id)
    if (step.kind === 'restore-attr')
      current = await reviveAttr(tx, { app, schema: current }, step.id)
  }
  for (const step of updates.filter(({ id }) => !isNew(id))) {
    current = await updateAttr(tx, { app, schema: current }, step)
  }
  current = await addAttrs(tx, { app, schema: current }, added)
  for (const step of updates.filter(({ id }) => isNew(id))) {
    current = await updateAttr(tx, { app, schema: current }, step)
  }
  return current !== schema
}

function isConstraint(step: PlanStep): step is ConstraintStep {
  return step.kind === 'constraint'
}

/** The part of an answer that tells what applying has come to (contract http.md 6.4, 6.17). */
export async function answerApplied(
  engine: Engine,
  app: AppKey,
  { steps, transaction, jobs }: Applied,
): Promise<JsonObject> {
  const { id: appId } = await readApp(engine.db, app)
  return {
    steps: steps.map((step) => toWireStep(step, jobs?.ids.get(step))),
    transaction: transaction
      ? { id: transaction.id, app_id: appId, created_at: transaction.createdAt }
      : {},
    'indexing-jobs': jobs && {
      'group-id': jobs.groupId,
      ...(await readJobs(engine, app, jobs.groupId)),
    },
  }
}

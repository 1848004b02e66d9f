import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import { type Job, toWireJob } from '@/backend/schema/job'
import type { ConstraintStep, PlanStep } from '@/backend/schema/plan-step'
import { parseWireStep, toWireStep } from '@/backend/schema/plan-wire'
import type { Schema } from '@/backend/schema/schema'
import type { Topics } from '@/backend/schema/topics'
import type { Queryable } from '@/backend/store/database'
import type { TransactionRow } from '@/backend/store/insert-transaction'
import { insertJobGroup, readJobGroup } from '@/backend/store/job-groups'
import { readApp } from '@/backend/store/read-app'
import type { Json, JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import { addAttrs, removeAttr, reviveAttr } from './change-attrs'
import type { Engine } from './engine'
import { fieldMalformed, fieldMissing } from './param-error'
import { runJob } from './run-job'
import { updateAttr } from './update-attr'
import { writeApp } from './write-app'

const schemaTopics: Topics = new Map([['schema', null]])

/** What applying a plan has come to. Jobs have been run and are finished. */
export interface Applied {
  readonly steps: readonly PlanStep[]
  /** Null when no attribute was added, changed or deleted. */
  readonly transaction: TransactionRow | null
  readonly jobs: readonly Job[]
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
 * leaves no trace if it fails, then each constraint in one of its own (contract http.md 6.4).
 */
export async function applySteps(
  engine: Engine,
  app: AppKey,
  plan: (schema: Schema) => Promise<readonly PlanStep[]>,
): Promise<Applied> {
  const { result: steps, transaction } = await writeApp(engine, app, async (tx) => {
    const schema = await engine.readSchema(tx, app)
    const planned = await plan(schema)
    const isChanging = await applyAttrSteps(tx, { app, schema }, planned)
    return { result: planned, topics: isChanging ? schemaTopics : null }
  })
  const jobs: Job[] = []
  for (const step of steps.filter(isConstraint)) {
    const { result: failure } = await writeApp(engine, app, async (tx) => {
      const found = await runJob(tx, { app, schema: await engine.readSchema(tx, app) }, step)
      return { result: found, topics: found ? null : schemaTopics }
    })
    jobs.push({ id: crypto.randomUUID(), step, failure })
  }
  return { steps, transaction, jobs }
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

/**
 * The part of an answer that tells what applying has come to (contract http.md 6.4, 6.17). The
 * jobs are kept, for clients that ask for their group although they are finished.
 */
export async function answerApplied(
  { db }: Engine,
  app: AppKey,
  { steps, transaction, jobs }: Applied,
): Promise<JsonObject> {
  const { id: appId } = await readApp(db, app)
  const jobIds = new Map<PlanStep, string>(jobs.map(({ step, id }) => [step, id]))
  return {
    steps: steps.map((step) => toWireStep(step, jobIds.get(step))),
    transaction: transaction
      ? { id: transaction.id, app_id: appId, created_at: transaction.createdAt }
      : {},
    'indexing-jobs': jobs.length > 0 ? await keepJobs(db, { app, appId }, jobs) : null,
  }
}

async function keepJobs(
  db: Queryable,
  { app, appId }: { readonly app: AppKey; readonly appId: string },
  jobs: readonly Job[],
): Promise<JsonObject> {
  const groupId = crypto.randomUUID()
  const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const wireJobs = jobs.map((job) => toWireJob(job, { appId, groupId, at }))
  await insertJobGroup(db, app, { id: groupId, jobs: wireJobs })
  return { 'group-id': groupId, jobs: wireJobs }
}

/** `GET …/indexing-jobs/group/:id` (contract http.md 6.4): none for a group that is not known. */
export async function readJobs({ db }: Engine, app: AppKey, groupId: string): Promise<JsonObject> {
  return { jobs: isUuid(groupId) ? await readJobGroup(db, app, groupId) : [] }
}

import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { AttrDraft } from '@/backend/schema/draft'
import type { Schema } from '@/backend/schema/schema'
import { lockApp } from '@/backend/store/app-lock'
import type { Queryable } from '@/backend/store/database'
import { insertTransaction } from '@/backend/store/insert-transaction'
import type { Json } from '@/lib/base/json'
import { expandStep } from '../transact/expand'
import { inferAttrs } from '../transact/infer'
import { parseSteps } from '../transact/parse'
import { type AttrStep, type EntityStep, isAttrStep, type Step } from '../transact/step'
import type { Admin } from './actor'
import { addAttrs, removeAttr } from './change-attrs'
import type { Engine } from './engine'
import { identifyOps } from './identify-ops'
import { runOps } from './run-ops'

/** What is to be written, to which app, by whom. */
export interface TransactRequest {
  readonly app: AppKey
  readonly actor: Admin
  readonly steps: readonly Json[]
  /** Refuse names that the schema does not have, instead of creating attributes for them. */
  readonly throwOnMissingAttrs: boolean
}

/**
 * Runs the steps of a transaction as one (contract semantics.md 5; http.md 5): all of them are
 * written, with the attributes they make necessary, or nothing is. Ids of an app's transactions grow.
 */
export async function transact(
  engine: Engine,
  request: TransactRequest,
): Promise<{ readonly txId: number }> {
  const { db, readSchema, changes } = engine
  const { app } = request
  const steps = parseSteps(request.steps)
  const txId = await db.transaction(async (tx) => {
    await lockApp(db, tx, app)
    const schema = await readSchema(tx, app)
    await writeSteps(tx, { ...request, schema }, steps)
    const { id } = await insertTransaction(tx, app)
    return id
  })
  changes.notify(app)
  return { txId }
}

async function writeSteps(
  tx: Queryable,
  { schema, ...request }: TransactRequest & { readonly schema: Schema },
  steps: readonly Step[],
): Promise<void> {
  const { app } = request
  const entitySteps = steps.filter((step): step is EntityStep => !isAttrStep(step))
  const changed = await changeAttrs(tx, { app, schema }, steps.filter(isAttrStep))
  const complete = await inferMissing(tx, { ...request, schema: changed }, entitySteps)
  const ops = entitySteps.flatMap((step) => expandStep(complete, step))
  switch (request.actor.kind) {
    // The admin is asked for no rule; whoever is will be between these two.
    case 'admin':
      await runOps(tx, { app, schema: complete }, await identifyOps(tx, app, ops))
  }
}

/** Explicit steps about attributes come before everything else, in the order given. */
async function changeAttrs(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  steps: readonly AttrStep[],
): Promise<Schema> {
  let current = schema
  for (const run of runsOf(steps)) {
    current =
      run.kind === 'add-attr'
        ? await addAttrs(tx, { app, schema: current }, run.attrs)
        : await removeAttr(tx, { app, schema: current }, run.id)
  }
  return current
}

type Run =
  | { readonly kind: 'add-attr'; readonly attrs: AttrDraft[] }
  | Extract<AttrStep, { readonly kind: 'delete-attr' }>

/** Attributes that are added one after another are added at once. */
function runsOf(steps: readonly AttrStep[]): readonly Run[] {
  return steps.reduce<Run[]>((runs, step) => {
    const last = runs.at(-1)
    if (step.kind === 'delete-attr') runs.push(step)
    else if (last?.kind === 'add-attr') last.attrs.push(step.attr)
    else runs.push({ kind: 'add-attr', attrs: [step.attr] })
    return runs
  }, [])
}

async function inferMissing(
  tx: Queryable,
  { app, schema, throwOnMissingAttrs, steps: input }: TransactRequest & { readonly schema: Schema },
  steps: readonly EntityStep[],
): Promise<Schema> {
  const missing = inferAttrs(schema, steps)
  if (missing.length === 0) return schema
  if (!throwOnMissingAttrs) return addAttrs(tx, { app, schema }, missing)
  const attributes = missing.map(({ forward }) => `${forward.namespace}.${forward.label}`)
  throw validationError('steps', input, [
    { message: 'Attributes are missing in your schema', hint: { attributes } },
  ])
}

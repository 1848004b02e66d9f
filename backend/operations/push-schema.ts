import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import { type Definition, parseDefinition } from '@/backend/schema/definition'
import { type PlanOptions, planSteps } from '@/backend/schema/plan'
import { planIssues } from '@/backend/schema/plan-issues'
import type { PlanStep } from '@/backend/schema/plan-step'
import { toWireStep } from '@/backend/schema/plan-wire'
import { projectAttrs } from '@/backend/schema/project-attrs'
import type { Schema } from '@/backend/schema/schema'
import { developerAttrs, toWireSchema } from '@/backend/schema/schema-wire'
import { toWireAttr } from '@/backend/schema/wire'
import type { JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { answerApplied, applySteps } from './apply-steps'
import type { Engine } from './engine'
import { fieldMalformed, fieldMissing } from './param-error'

/** The body of the push routes: `{schema, check_types?, supports_background_updates?}`. */
interface PushRequest {
  readonly app: AppKey
  readonly body: JsonObject
}

/** `POST …/schema/push/plan` (contract http.md 6.17): what `apply` would do, and why not. */
export async function planSchema(
  { db, readSchema }: Engine,
  { app, body }: PushRequest,
): Promise<JsonObject> {
  const { definition, options } = parsePush(body)
  const schema = await db.transaction((tx) => readSchema(tx, app), 'read')
  const steps = plan(schema, definition, options)
  return { ...toWirePlan(schema, steps), steps: steps.map((step) => toWireStep(step)) }
}

/**
 * `POST …/schema/push/apply` (contract http.md 6.17): makes the schema have all that the body's
 * says. Nothing is ever deleted. Jobs go on after the answer.
 */
export async function pushSchema(engine: Engine, { app, body }: PushRequest): Promise<JsonObject> {
  const { definition, options } = parsePush(body)
  let before: Schema | null = null
  const applied = await applySteps(engine, app, async (schema) => {
    before = schema
    return plan(schema, definition, options)
  })
  return {
    ...toWirePlan(must<Schema>(before, 'a plan is made before it is applied'), applied.steps),
    ...(await answerApplied(engine, app, applied)),
  }
}

/** The steps towards a definition; refuses one that no schema can be (contract semantics.md 8). */
export function plan(
  schema: Schema,
  definition: Definition,
  options: PlanOptions,
): readonly PlanStep[] {
  const messages = planIssues(schema, definition)
  if (messages.length === 0) return planSteps(schema, definition, options)
  throw validationError(
    'schema',
    'plan',
    messages.map((message) => ({ in: ['schema'], message })),
  )
}

function parsePush(body: JsonObject): { definition: Definition; options: PlanOptions } {
  const { schema } = body
  if (schema === undefined || schema === null || schema === false) throw fieldMissing('schema')
  const definition = parseDefinition(schema)
  if (!definition) throw fieldMalformed('schema', schema)
  return {
    definition,
    options: {
      checkTypes: body.check_types === true,
      inBackground: body.supports_background_updates === true,
    },
  }
}

function toWirePlan(schema: Schema, steps: readonly PlanStep[]): JsonObject {
  return {
    'new-schema': toWireSchema(developerAttrs(projectAttrs(schema, steps))),
    'current-schema': toWireSchema(developerAttrs(schema.attrs)),
    'current-attrs': schema.attrs.map(toWireAttr),
  }
}

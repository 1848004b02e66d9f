import type { AppKey } from '@/backend/schema/attr'
import type { Topics } from '@/backend/schema/topics'
import type { Queryable } from '@/backend/store/database'
import type { Json } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { parseSteps } from '../transact/parse'
import type { Step } from '../transact/step'
import type { Actor } from './actor'
import type { Engine } from './engine'
import { requirePassed } from './judging/judge-checks'
import { createJudgeContext, type RequestOrigin } from './judging/judge-context'
import { createWriteJudge } from './judging/write-judge'
import { writeApp } from './write-app'
import { writeSteps } from './write-steps'

/** What is to be written, to which app, by whom. */
export interface TransactRequest {
  readonly app: AppKey
  readonly actor: Actor
  /** What rules may know of the request; nothing when it is left out. */
  readonly requestOrigin?: RequestOrigin
  readonly steps: readonly Json[]
  /** Refuse names that the schema does not have, instead of creating attributes for them. */
  readonly throwOnMissingAttrs: boolean
}

export const nowhere: RequestOrigin = { ip: null, origin: null }

/**
 * Runs the steps of a transaction as one (contract semantics.md 5 and 6.5; http.md 5): all of them
 * are written, with the attributes they make necessary, or nothing is. Ids of an app's
 * transactions grow. Whoever is not the admin is refused with `permission-denied` where a rule
 * says so.
 */
export async function transact(
  engine: Engine,
  request: TransactRequest,
): Promise<{ readonly txId: number }> {
  const steps = parseSteps(request.steps)
  const { transaction } = await writeApp(engine, request.app, async (tx) => ({
    result: null,
    topics: await write(engine, request, { tx, steps }),
  }))
  return { txId: must(transaction, 'steps are a transaction, also when they write nothing').id }
}

async function write(
  { readSchema, readRules, takeTokens, changes }: Engine,
  request: TransactRequest,
  { tx, steps }: { readonly tx: Queryable; readonly steps: readonly Step[] },
): Promise<Topics> {
  const { app, actor, requestOrigin = nowhere } = request
  const schema = await readSchema(tx, app)
  const writing = { ...request, schema, mostIds: changes.mostIds(app) }
  if (actor.kind === 'admin') return writeSteps(tx, { ...writing, judge: null }, steps)
  const rules = await readRules(tx, app)
  const asking = { app, actor, requestOrigin, ruleParams: null, isDebug: false }
  const context = createJudgeContext(takeTokens, asking, { tx, schema, rules })
  const judge = createWriteJudge(context, { rules, onJudged: requirePassed })
  return writeSteps(tx, { ...writing, judge }, steps)
}

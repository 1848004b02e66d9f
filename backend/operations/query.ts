import type { CompiledRules } from '@/backend/rules/compile-rules'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { createTopicCollector, type Topics } from '@/backend/schema/topics'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { setOwn } from '@/lib/base/set-own'
import { parseQuery } from '../query/parse'
import type { Level, Plan } from '../query/plan'
import { addPlanTopics, type FetchedRoot } from '../query/plan-topics'
import { shapeRows } from '../query/shape'
import type { Engine } from './engine'
import { fetchBelow } from './fetch-level'
import { type Fetching, fetchCount, fetchPageInfo, fetchRoot } from './fetch-root'
import { fileUrls } from './files/file-url'
import { levelReads } from './judging/condition-reads'
import { createJudgeContext } from './judging/judge-context'
import { addRuleTopics, addUserTopics } from './judging/rule-topics'
import { createViewRules, type ViewRules } from './judging/view-rules'
import { type PlannedQuery, planQuery } from './plan-query'
import type { PageInfo, QueryAnswer, QueryRequest } from './query-answer'

export type { QueryAnswer, QueryRequest } from './query-answer'

/**
 * Answers an InstaQL query (contract semantics.md 3, 4 and 6.4) from one snapshot of the store, as
 * far as the caller may see. Refuses a malformed query with `validation-failed`, and fails with
 * `permission-evaluation-failed` when a rule fails on a row.
 */
export async function runQuery(engine: Engine, request: QueryRequest): Promise<QueryAnswer> {
  const { answer } = await runQueryBySchema(engine, request)
  return answer
}

/** The same, and the schema that it was answered by. */
export async function runQueryBySchema(
  engine: Engine,
  request: QueryRequest,
): Promise<{ readonly answer: QueryAnswer; readonly schema: Schema }> {
  const { answer, planned } = await readAnswer(engine, request)
  return { answer, schema: planned.schema }
}

/** The same, with all that the answer depends on: what meets none of it leaves the answer as it is. */
export async function runWatchedQuery(
  engine: Engine,
  request: QueryRequest,
): Promise<{ readonly answer: QueryAnswer; readonly topics: Topics }> {
  const { actor } = request
  const { answer, roots, planned, rules } = await readAnswer(engine, request)
  const { schema, plan } = planned
  const collector = createTopicCollector(mostIds)
  collector.add('schema', null)
  addPlanTopics(collector, schema, roots)
  const userId = actor.kind === 'user' ? actor.user.id : null
  if (userId !== null) addUserTopics(collector, schema, userId)
  if (rules) addRuleTopics(collector, { schema, rules, userId }, levelsOf(plan))
  return { answer, topics: collector.topics }
}

/** An answer with more entities than this depends on any. */
const mostIds = 5_000

async function readAnswer(engine: Engine, request: QueryRequest) {
  const { app, actor } = request
  const query = parseQuery(request.query, { isAdmin: actor.kind === 'admin' })
  const answered = await engine.db.transaction(async (tx) => {
    const schema = await engine.readSchema(tx, app)
    const planned = await planQuery(tx, { app, schema }, query)
    const rules = actor.kind === 'admin' ? null : await engine.readRules(tx, app)
    const view = rules && (await viewRules(engine, request, { planned, rules }))
    const fetching = await startFetching(engine, request, { planned, view })
    return { ...(await answerPlan(fetching, planned.plan, request)), planned, rules }
  }, 'read')
  for (const { attr, isPattern } of levelsOf(answered.planned.plan).flatMap(levelReads)) {
    if (attr?.kind === 'data' && isPattern) engine.trigrams.want(app, attr.indexKey)
  }
  return answered
}

/** What a caller who is not the admin may see: the rules become part of how rows are fetched. */
async function viewRules(
  engine: Engine,
  request: QueryRequest,
  { planned, rules }: { readonly planned: PlannedQuery; readonly rules: CompiledRules },
): Promise<ViewRules | null> {
  const { actor } = request
  if (actor.kind === 'admin') return null
  const { tx, schema, plan, context } = planned
  const asking = { ...request, actor, ruleParams: ruleParamsOf(request), isDebug: false }
  return createViewRules(createJudgeContext(engine.takeTokens, asking, { tx, schema, rules }), {
    rules,
    context,
    levels: levelsOf(plan),
  })
}

/** What a query brings along for rules (contract semantics.md 6.4). */
export function ruleParamsOf({ query }: Pick<QueryRequest, 'query'>): JsonObject | null {
  return isJsonObject(query.$$ruleParams) ? query.$$ruleParams : null
}

/** The top levels of a plan. */
export function levelsOf({ roots }: Plan): readonly Level[] {
  return roots.flatMap(({ level }) => level ?? [])
}

/** Fetching for somebody with these view rules; null for the admin, who sees everything. */
export async function startFetching(
  engine: Engine,
  { serverOrigin = '' }: Pick<QueryRequest, 'serverOrigin'>,
  { planned, view }: { readonly planned: PlannedQuery; readonly view: ViewRules | null },
): Promise<Fetching> {
  const { tx, app, schema, plan, context } = planned
  const fileUrl = await fileUrls(engine, tx, { app, schema, plan, serverOrigin })
  if (!view) return { tx, context, view, fileUrl }
  const guarded = {
    ...context,
    guard: view.guard,
    rowFilter: view.rowFilter,
    isRowLocal: view.isRowLocal,
  }
  return { tx, view, fileUrl, context: guarded }
}

/** The answer to a plan, as far as it can be fetched, and what it is made of. */
export async function answerPlan(
  fetching: Fetching,
  plan: Plan,
  request: QueryRequest,
): Promise<{ readonly answer: QueryAnswer; readonly roots: readonly FetchedRoot[] }> {
  const roots: FetchedRoot[] = []
  const tree: Record<string, readonly Json[]> = {}
  const pageInfo: Record<string, PageInfo> = {}
  const counts: Record<string, number> = {}
  for (const { label, level } of plan.roots) {
    setOwn(tree, label, [])
    if (!level) continue
    if (level.isCount) {
      roots.push({ level, rows: [], fetched: null })
      setOwn(counts, label, await fetchCount(fetching, level))
      continue
    }
    const rows = await fetchRoot(fetching, level)
    const fetched = await fetchBelow(fetching, level, rows)
    roots.push({ level, rows, fetched })
    setOwn(tree, label, shapeRows(rows, fetched, request.isInferred))
    if (request.wantsPageInfo && level.isPaged) {
      setOwn(pageInfo, label, await fetchPageInfo(fetching, level, rows))
    }
  }
  const txId = request.wantsPageInfo ? await lastTxId(fetching.tx, request.app) : 0
  return { answer: { tree, pageInfo, counts, txId }, roots }
}

async function lastTxId(tx: Queryable, app: AppKey): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    sql`select id from transactions where app = ${app} order by id desc limit 1`,
  )
  return rows[0]?.id ?? 0
}

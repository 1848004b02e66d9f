import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { parseQuery } from '../query/parse'
import type { Level, Plan } from '../query/plan'
import { shapeRows } from '../query/shape'
import type { Actor } from './actor'
import type { Engine } from './engine'
import { fetchBelow } from './fetch-level'
import { type Fetching, fetchCount, fetchPageInfo, fetchRoot, type PageInfo } from './fetch-root'
import { fileUrls } from './files/file-url'
import { createJudgeContext, type RequestOrigin } from './judging/judge-context'
import { createViewRules, type ViewRules } from './judging/view-rules'
import { type PlannedQuery, planQuery } from './plan-query'

/** What is asked, of which app, by whom. */
export interface QueryRequest {
  readonly app: AppKey
  readonly actor: Actor
  /** What rules may know of the request. */
  readonly requestOrigin: RequestOrigin
  readonly query: JsonObject
  /** Has-one links become one object or null instead of an array. */
  readonly isInferred: boolean
  /** Where the caller reaches this server, for links to files; they start with a slash without it. */
  readonly serverOrigin?: string
  /** Ask for page info too, which costs look-ups that `/admin/query` has no use for. */
  readonly wantsPageInfo: boolean
}

/** The answer, as of one snapshot. */
export interface QueryAnswer {
  readonly tree: { readonly [namespace: string]: readonly Json[] }
  readonly pageInfo: Readonly<Record<string, PageInfo>>
  /** Counts by namespace, where the query asked for them. */
  readonly counts: Readonly<Record<string, number>>
  /** The last transaction that the answer reflects; 0 when there was none. */
  readonly txId: number
}

/**
 * Answers an InstaQL query (contract semantics.md 3, 4 and 6.4) from one snapshot of the store, as
 * far as the caller may see. Refuses a malformed query with `validation-failed`, and fails with
 * `permission-evaluation-failed` when a rule fails on a row.
 */
export async function runQuery(engine: Engine, request: QueryRequest): Promise<QueryAnswer> {
  const { app, actor } = request
  const query = parseQuery(request.query, { isAdmin: actor.kind === 'admin' })
  return engine.db.transaction(async (tx) => {
    const schema = await engine.readSchema(tx, app)
    const planned = await planQuery(tx, { app, schema }, query)
    const view = actor.kind === 'admin' ? null : await viewRules(engine, request, planned)
    const fetching = await startFetching(engine, request, { planned, view })
    return answerPlan(fetching, planned.plan, request)
  }, 'read')
}

/** What a caller who is not the admin may see: the rules become part of how rows are fetched. */
async function viewRules(
  engine: Engine,
  request: QueryRequest,
  { tx, app, schema, plan, context }: PlannedQuery,
): Promise<ViewRules | null> {
  const { actor } = request
  if (actor.kind === 'admin') return null
  const rules = await engine.readRules(tx, app)
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

/** The answer to a plan, as far as it can be fetched. */
export async function answerPlan(
  fetching: Fetching,
  plan: Plan,
  request: QueryRequest,
): Promise<QueryAnswer> {
  const tree: Record<string, readonly Json[]> = {}
  const pageInfo: Record<string, PageInfo> = {}
  const counts: Record<string, number> = {}
  for (const { label, level } of plan.roots) {
    const answer = level && (await answerRoot(fetching, level, request))
    tree[label] = answer?.rows ?? []
    if (answer?.pageInfo) pageInfo[label] = answer.pageInfo
    if (level?.isCount) counts[label] = answer?.count ?? 0
  }
  return { tree, pageInfo, counts, txId: await lastTxId(fetching.tx, request.app) }
}

async function answerRoot(
  fetching: Fetching,
  level: Level,
  request: QueryRequest,
): Promise<{ rows: readonly Json[]; pageInfo?: PageInfo; count?: number }> {
  if (level.isCount) return { rows: [], count: await fetchCount(fetching, level) }
  const rows = await fetchRoot(fetching, level)
  const fetched = await fetchBelow(fetching, level, rows)
  const shaped = shapeRows(rows, fetched, request.isInferred)
  if (!request.wantsPageInfo || !level.isPaged) return { rows: shaped }
  return { rows: shaped, pageInfo: await fetchPageInfo(fetching, level, rows) }
}

async function lastTxId(tx: Queryable, app: AppKey): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    sql`select id from transactions where app = ${app} order by id desc limit 1`,
  )
  return rows[0]?.id ?? 0
}

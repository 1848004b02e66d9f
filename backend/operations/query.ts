import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { type CompileContext, createAliases, unguarded } from '../query/compile-context'
import { parseQuery } from '../query/parse'
import type { Level, Plan } from '../query/plan'
import { type DateLiteral, resolveQuery } from '../query/resolve'
import { shapeRows } from '../query/shape'
import type { Actor } from './actor'
import type { Engine } from './engine'
import { fetchBelow } from './fetch-level'
import { type Fetching, fetchCount, fetchPageInfo, fetchRoot, type PageInfo } from './fetch-root'
import { fileUrls } from './files/file-url'
import { createJudgeContext, type RequestOrigin } from './judging/judge-context'
import { createViewRules } from './judging/view-rules'

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
    const { plan, dates } = resolveQuery(schema, query)
    const instants = await readInstants(tx, query.source, dates)
    const fetching = await startFetching(engine, request, {
      tx,
      schema,
      plan,
      context: compileContext(app, schema, instants),
    })
    const tree: Record<string, readonly Json[]> = {}
    const pageInfo: Record<string, PageInfo> = {}
    const counts: Record<string, number> = {}
    for (const { label, level } of plan.roots) {
      const answer = level && (await answerRoot(fetching, level, request))
      tree[label] = answer?.rows ?? []
      if (answer?.pageInfo) pageInfo[label] = answer.pageInfo
      if (level?.isCount) counts[label] = answer?.count ?? 0
    }
    return { tree, pageInfo, counts, txId: await lastTxId(tx, app) }
  }, 'read')
}

interface Prepared {
  readonly tx: Queryable
  readonly schema: Schema
  readonly plan: Plan
  readonly context: CompileContext
}

/** The admin sees everything; for others the rules become part of how rows are fetched. */
async function startFetching(
  engine: Engine,
  { app, actor, requestOrigin, serverOrigin = '', query }: QueryRequest,
  { tx, schema, plan, context }: Prepared,
): Promise<Fetching> {
  const fileUrl = await fileUrls(engine, tx, { app, schema, plan, serverOrigin })
  if (actor.kind === 'admin') return { tx, context, view: null, fileUrl }
  const rules = await engine.readRules(tx, app)
  const ruleParams = isJsonObject(query.$$ruleParams) ? query.$$ruleParams : null
  const judging = { app, actor, requestOrigin, ruleParams, isDebug: false }
  const view = await createViewRules(
    createJudgeContext(engine.takeTokens, judging, { tx, schema, rules }),
    { rules, context, levels: plan.roots.flatMap(({ level }) => level ?? []) },
  )
  const guarded = { ...context, guard: view.guard, rowFilter: view.rowFilter }
  return { tx, view, fileUrl, context: guarded }
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

function compileContext(
  app: AppKey,
  schema: Schema,
  instants: ReadonlyMap<string, number>,
): CompileContext {
  return {
    app,
    instants,
    guard: unguarded,
    rowFilter: () => null,
    newAlias: createAliases(),
    namespaceKey: (namespace) =>
      must(schema.namespaceKey(namespace), 'a plan names only namespaces of the schema'),
  }
}

/** Postgres alone decides what is a date, so the dates of a query are read by it, all at once. */
async function readInstants(
  tx: Queryable,
  source: JsonObject,
  dates: readonly DateLiteral[],
): Promise<ReadonlyMap<string, number>> {
  if (dates.length === 0) return new Map()
  const texts = dates.map(({ value }) => JSON.stringify(value))
  const rows = await tx.query<{ instant: number | null }>(
    sql`select instant_of(d.value::jsonb) as instant from unnest(${texts}::text[]) with ordinality d(value, n) order by d.n`,
  )
  const instants = new Map<string, number>()
  dates.forEach(({ issue }, index) => {
    const instant = rows[index]?.instant ?? null
    if (instant === null) throw validationError('query', source, [issue])
    instants.set(texts[index] ?? '', instant)
  })
  return instants
}

async function lastTxId(tx: Queryable, app: AppKey): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    sql`select id from transactions where app = ${app} order by id desc limit 1`,
  )
  return rows[0]?.id ?? 0
}

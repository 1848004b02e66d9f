import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { sql } from '@/backend/sql/sql'
import type { Database, Queryable } from '@/backend/store/database'
import type { ReadSchema } from '@/backend/store/schema-reader'
import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { type CompileContext, unguarded } from '../query/compile-context'
import { parseQuery } from '../query/parse'
import type { Level } from '../query/plan'
import { type DateLiteral, resolveQuery } from '../query/resolve'
import { shapeRows } from '../query/shape'
import type { Admin } from './actor'
import { fetchBelow } from './fetch-level'
import { fetchCount, fetchPageInfo, fetchRoot, type PageInfo } from './fetch-root'

/** Where a query runs. */
export interface QueryContext {
  readonly db: Database
  readonly readSchema: ReadSchema
}

/** What is asked, of which app, by whom. */
export interface QueryRequest {
  readonly app: AppKey
  readonly actor: Admin
  readonly query: JsonObject
  /** Has-one links become one object or null instead of an array. */
  readonly isInferred: boolean
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
 * Answers an InstaQL query (contract semantics.md 3 and 4) from one snapshot of the store.
 * Refuses a malformed query with `validation-failed`.
 */
export async function runQuery(
  { db, readSchema }: QueryContext,
  request: QueryRequest,
): Promise<QueryAnswer> {
  const query = parseQuery(request.query, { isAdmin: request.actor.kind === 'admin' })
  return db.transaction(async (tx) => {
    const schema = await readSchema(tx, request.app)
    const { plan, dates } = resolveQuery(schema, query)
    const context = compileContext(request.app, schema, await readInstants(tx, query.source, dates))
    const tree: Record<string, readonly Json[]> = {}
    const pageInfo: Record<string, PageInfo> = {}
    const counts: Record<string, number> = {}
    for (const { label, level } of plan.roots) {
      const answer = level && (await answerRoot(tx, context, { level, request }))
      tree[label] = answer?.rows ?? []
      if (answer?.pageInfo) pageInfo[label] = answer.pageInfo
      if (level?.isCount) counts[label] = answer?.count ?? 0
    }
    return { tree, pageInfo, counts, txId: await lastTxId(tx, request.app) }
  }, 'read')
}

async function answerRoot(
  tx: Queryable,
  context: CompileContext,
  { level, request }: { level: Level; request: QueryRequest },
): Promise<{ rows: readonly Json[]; pageInfo?: PageInfo; count?: number }> {
  if (level.isCount) return { rows: [], count: await fetchCount(tx, context, level) }
  const rows = await fetchRoot(tx, context, level)
  const fetched = await fetchBelow(tx, context, { level, ids: rows.map(({ id }) => id) })
  const shaped = shapeRows(rows, fetched, request.isInferred)
  if (!request.wantsPageInfo || !level.isPaged) return { rows: shaped }
  return { rows: shaped, pageInfo: await fetchPageInfo(tx, context, { level, rows }) }
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

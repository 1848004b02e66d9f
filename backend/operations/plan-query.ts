import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import type { JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import { type CompileContext, createAliases, unguarded } from '../query/compile-context'
import type { Plan } from '../query/plan'
import type { Query } from '../query/query'
import { type DateLiteral, resolveQuery } from '../query/resolve'

/** A query whose names and dates are known, in one snapshot, before any rule has been asked. */
export interface PlannedQuery {
  readonly tx: Queryable
  readonly app: AppKey
  readonly schema: Schema
  readonly plan: Plan
  /** Compiles for somebody who sees everything. */
  readonly context: CompileContext
}

/** Looks up what a query names. Refuses dates that are none (contract semantics.md 3.2). */
export async function planQuery(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  query: Query,
): Promise<PlannedQuery> {
  const { plan, dates } = resolveQuery(schema, query)
  const instants = await readInstants(tx, query.source, dates)
  const context: CompileContext = {
    app,
    instants,
    guard: unguarded,
    rowFilter: () => null,
    isRowLocal: () => false,
    newAlias: createAliases(),
    namespaceKey: (namespace) =>
      must(schema.namespaceKey(namespace), 'a plan names only namespaces of the schema'),
  }
  return { tx, app, schema, plan, context }
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

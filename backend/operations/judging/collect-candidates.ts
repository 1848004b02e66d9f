import { compileChildren } from '@/backend/query/compile-children'
import { compileCondition } from '@/backend/query/compile-condition'
import type { CompileContext } from '@/backend/query/compile-context'
import { compileScan, type RangeRow } from '@/backend/query/compile-range'
import type { Chain, Condition, Level } from '@/backend/query/plan'
import type { EntityRow } from '@/backend/query/shape'
import type { Schema } from '@/backend/schema/schema'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import type { Json } from '@/lib/base/json'
import { fetchEnds } from './fetch-refs'

/** Entities that a query touches, by namespace and id. */
export type Candidates = ReadonlyMap<string, ReadonlyMap<string, EntityRow>>

/** Where candidates are looked for: past all rules. */
export interface CandidateSource {
  readonly tx: Queryable
  readonly context: CompileContext & { readonly schema: Schema }
}

/** Most entities that are looked at; those beyond are left out. */
export const maxCandidates = 1_000

const batchSize = 256

/**
 * What a query would touch if nothing were hidden: at the top as far as its pages reach, below
 * them, and through the links of its conditions (contract http.md 4.5).
 */
export async function collectCandidates(
  source: CandidateSource,
  pages: readonly { readonly level: Level; readonly visible: readonly string[] }[],
): Promise<{ readonly candidates: Candidates; readonly isComplete: boolean }> {
  const found = new Map<string, Map<string, EntityRow>>()
  let count = 0
  const add = (namespace: string, rows: readonly EntityRow[]) => {
    const known = found.get(namespace) ?? new Map<string, EntityRow>()
    found.set(namespace, known)
    for (const { id, data } of rows) {
      if (known.has(id)) continue
      count += 1
      if (count <= maxCandidates) known.set(id, { id, data })
    }
  }
  const descend = async (level: Level, rows: readonly EntityRow[]): Promise<void> => {
    add(level.namespace, rows)
    if (rows.length === 0 || count > maxCandidates) return
    const ids = rows.map(({ id }) => id)
    for (const chain of chainsOf(level.where)) {
      for (const met of await alongChain(source, level.namespace, { chain, ids })) {
        add(met.namespace, met.rows)
      }
    }
    for (const { link, level: below } of level.children) {
      if (!link || !below) continue
      const children = compileChildren(source.context, { link, level: below }, ids)
      await descend(below, await source.tx.query<EntityRow>(children))
    }
  }
  for (const { level, visible } of pages) {
    await descend(level, await scanPage(source, level, new Set(visible)))
  }
  return { candidates: found, isComplete: count <= maxCandidates }
}

/** Rows from where a page starts to where it ends, for whoever sees most and for the caller. */
async function scanPage(
  { tx, context }: CandidateSource,
  level: Level,
  awaited: Set<string>,
): Promise<readonly RangeRow[]> {
  const { take, offset } = level.page
  const side = take?.from === 'end' ? 'before' : 'after'
  const wanted = take === null ? Number.POSITIVE_INFINITY : take.count + (offset ?? 0)
  const rows: RangeRow[] = []
  for (;;) {
    const from = rows.at(-1) ?? null
    const scan = { side, from, isWithinCursors: true, count: batchSize } as const
    const batch = await tx.query<RangeRow>(compileScan(context, level, scan))
    for (const row of batch) {
      if (rows.length > maxCandidates || (rows.length >= wanted && awaited.size === 0)) return rows
      rows.push(row)
      awaited.delete(row.id)
    }
    if (batch.length < batchSize) return rows
  }
}

interface Met {
  readonly namespace: string
  readonly rows: readonly EntityRow[]
}

/** Entities at every stop of a chain; at its end only those that it is about. */
async function alongChain(
  { tx, context }: CandidateSource,
  namespace: string,
  { chain, ids }: { readonly chain: Chain; readonly ids: readonly string[] },
): Promise<readonly Met[]> {
  const met: Met[] = []
  for (const [index, { target }] of chain.hops.entries()) {
    const hops = chain.hops.slice(0, index + 1)
    const walk = { start: namespace, hops, namespace: target, label: 'id', ids }
    const reached = await fetchEnds(tx, context, walk)
    const there = [...new Set([...reached.values()].flat())]
    const isEnd = index === chain.hops.length - 1
    met.push({
      namespace: target,
      rows: await readReached(tx, context, { target, ids: there, test: isEnd ? chain : null }),
    })
  }
  return met
}

async function readReached(
  tx: Queryable,
  context: CompileContext,
  {
    target,
    ids,
    test,
  }: { readonly target: string; readonly ids: readonly Json[]; readonly test: Chain | null },
): Promise<readonly EntityRow[]> {
  const entity = { id: sql`e.id`, namespace: target, data: sql`e.data` }
  const passes = test
    ? compileCondition(context, { kind: 'joined', chains: [{ hops: [], test: test.test }] }, entity)
    : sql`true`
  return tx.query<EntityRow>(sql`
    select e.id, e.data from entities e
    where e.app = ${context.app} and e.ns = ${context.namespaceKey(target)}
      and e.id = any(${ids}::uuid[]) and ${passes}`)
}

/** Chains that lead away from an entity. Of one that must not hold, all ends are met. */
function chainsOf(condition: Condition): readonly Chain[] {
  switch (condition.kind) {
    case 'never':
      return []
    case 'all':
    case 'any':
      return condition.of.flatMap(chainsOf)
    case 'joined':
      return condition.chains
    case 'lacking':
      return [{ ...condition.chain, test: { kind: 'hasId', ids: null } }]
  }
}

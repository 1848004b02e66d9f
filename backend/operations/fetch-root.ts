import type { Queryable } from '@/backend/store/database'
import type { Json } from '@/lib/base/json'
import type { CompileContext } from '../query/compile-context'
import { compileBeyond, compileCount, compileRange, type RangeRow } from '../query/compile-range'
import { dataKey, type Level } from '../query/plan'
import type { Cursor } from '../query/query'

/** Flags and ends of a page (semantics.md 3.5). Cursors are null on an empty page. */
export interface PageInfo {
  readonly startCursor: Cursor | null
  readonly endCursor: Cursor | null
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

/** The rows of a top-level namespace, in the requested order. */
export async function fetchRoot(
  tx: Queryable,
  context: CompileContext,
  level: Level,
): Promise<readonly RangeRow[]> {
  const rows = await tx.query<RangeRow>(compileRange(context, level))
  return level.page.take?.from === 'end' ? rows.reverse() : rows
}

/** How many entities a level's `where` holds for. */
export async function fetchCount(
  tx: Queryable,
  context: CompileContext,
  level: Level,
): Promise<number> {
  const rows = await tx.query<{ count: number }>(compileCount(context, level))
  return rows[0]?.count ?? 0
}

/** Page info of a fetched page; costs up to two index look-ups. */
export async function fetchPageInfo(
  tx: Queryable,
  context: CompileContext,
  { level, rows }: { level: Level; rows: readonly RangeRow[] },
): Promise<PageInfo> {
  const { page } = level
  const first = rows[0]
  const last = rows[rows.length - 1]
  const mayHaveNext = page.take !== null || page.before !== null
  const isSkipping = (page.offset ?? 0) > 0 || page.after !== null
  const mayHavePrevious = isSkipping || page.take?.from === 'end'
  const isBeyond = async (side: 'after' | 'before', row: RangeRow) => {
    const found = await tx.query(compileBeyond(context, level, { side, position: row }))
    return found.length > 0
  }
  return {
    startCursor: first ? toCursor(level, first) : null,
    endCursor: last ? toCursor(level, last) : null,
    hasNextPage: last !== undefined && mayHaveNext && (await isBeyond('after', last)),
    hasPreviousPage: first ? mayHavePrevious && (await isBeyond('before', first)) : isSkipping,
  }
}

function toCursor({ order }: Level, row: RangeRow): Cursor {
  const value = order.attr ? ((row.data[dataKey(order.attr.key)] ?? null) as Json) : row.id
  return { entityId: row.id, attrId: order.attrId, value, createdAt: row.created_at }
}

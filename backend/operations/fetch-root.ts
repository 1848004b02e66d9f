import type { CompileContext } from '@/backend/query/compile-context'
import {
  compileBeyond,
  compileCount,
  compileRange,
  type RangeRow,
} from '@/backend/query/compile-range'
import type { Level } from '@/backend/query/plan'
import type { Cursor } from '@/backend/query/query'
import { dataKey } from '@/backend/schema/attr'
import type { Queryable } from '@/backend/store/database'
import type { Json } from '@/lib/base/json'
import type { FileUrl } from './files/file-url'
import type { ViewRules } from './judging/view-rules'
import type { PageInfo } from './query-answer'
import { scanVisible } from './scan-visible'

/** Where rows are fetched from, and what the caller may see of them; null for the admin. */
export interface Fetching {
  readonly tx: Queryable
  readonly context: CompileContext
  readonly view: ViewRules | null
  /** Makes links to files; null or absent where none are shown. */
  readonly fileUrl?: FileUrl | null
}

/** The visible rows of a top-level page, in the requested order. */
export async function fetchRoot(fetching: Fetching, level: Level): Promise<readonly RangeRow[]> {
  const { tx, context, view } = fetching
  const isFromEnd = level.page.take?.from === 'end'
  if (view?.isEvaluated(level.namespace)) {
    return fetchEvaluated({ tx, context, view }, level)
  }
  const rows = await tx.query<RangeRow>(compileRange(context, level))
  return isFromEnd ? rows.reverse() : rows
}

/** The page is cut from the visible rows alone, so it is as long as it should be (semantics.md 6.4). */
async function fetchEvaluated(
  fetching: Fetching & { readonly view: ViewRules },
  level: Level,
): Promise<readonly RangeRow[]> {
  const { take, offset } = level.page
  const skipped = offset ?? 0
  const start = { from: null, isWithinCursors: true }
  if (take?.from !== 'end') {
    const wanted = take && skipped + take.count
    const rows = await scanVisible(fetching, level, { ...start, side: 'after', wanted })
    return rows.slice(skipped)
  }
  if (skipped > 0) {
    const all = await scanVisible(fetching, level, { ...start, side: 'after', wanted: null })
    return all.slice(skipped).slice(-take.count)
  }
  const rows = await scanVisible(fetching, level, { ...start, side: 'before', wanted: take.count })
  return [...rows].reverse()
}

/** How many entities a level's `where` holds for. */
export async function fetchCount({ tx, context }: Fetching, level: Level): Promise<number> {
  const rows = await tx.query<{ count: number }>(compileCount(context, level))
  return rows[0]?.count ?? 0
}

/** Page info of a fetched page; costs up to two look-ups. */
export async function fetchPageInfo(
  fetching: Fetching,
  level: Level,
  rows: readonly RangeRow[],
): Promise<PageInfo> {
  const { page } = level
  const first = rows[0]
  const last = rows[rows.length - 1]
  const mayHaveNext = page.take !== null || page.before !== null
  const isSkipping = (page.offset ?? 0) > 0 || page.after !== null
  const mayHavePrevious = isSkipping || page.take?.from === 'end'
  return {
    startCursor: first ? toCursor(level, first) : null,
    endCursor: last ? toCursor(level, last) : null,
    hasNextPage:
      last !== undefined &&
      mayHaveNext &&
      (await isBeyond(fetching, level, { side: 'after', row: last })),
    hasPreviousPage: first
      ? mayHavePrevious && (await isBeyond(fetching, level, { side: 'before', row: first }))
      : isSkipping,
  }
}

async function isBeyond(
  { tx, context, view }: Fetching,
  level: Level,
  { side, row }: { side: 'after' | 'before'; row: RangeRow },
): Promise<boolean> {
  if (view?.isEvaluated(level.namespace)) {
    const scan = { side, from: row, isWithinCursors: false, wanted: 1 }
    return (await scanVisible({ tx, context, view }, level, scan)).length > 0
  }
  return (await tx.query(compileBeyond(context, level, { side, position: row }))).length > 0
}

function toCursor({ order }: Level, row: RangeRow): Cursor {
  const value = order.attr ? ((row.data[dataKey(order.attr.key)] ?? null) as Json) : row.id
  return { entityId: row.id, attrId: order.attrId, value, createdAt: row.created_at }
}

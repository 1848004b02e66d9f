import type { CompileContext } from '@/backend/query/compile-context'
import { compileScan, type RangeRow, type Scan } from '@/backend/query/compile-range'
import type { Level } from '@/backend/query/plan'
import type { Queryable } from '@/backend/store/database'
import type { ViewRules } from './judging/view-rules'

const firstBatch = 64
const largestBatch = 2_000

/**
 * The first rows of a scan that the caller may see, at most `wanted`, where only evaluation can
 * tell. Rows are read in growing batches until enough are visible, so a page of a namespace whose
 * rows are mostly visible costs little more than the page.
 */
export async function scanVisible(
  { tx, context, view }: { tx: Queryable; context: CompileContext; view: ViewRules },
  level: Level,
  scan: Omit<Scan, 'count'> & { readonly wanted: number | null },
): Promise<readonly RangeRow[]> {
  const { wanted } = scan
  const visible: RangeRow[] = []
  let from = scan.from
  let count = wanted === null ? null : Math.min(Math.max(wanted + 1, firstBatch), largestBatch)
  for (;;) {
    const rows = await tx.query<RangeRow>(compileScan(context, level, { ...scan, from, count }))
    visible.push(...(await view.see(level.namespace, rows)))
    if (wanted !== null && visible.length >= wanted) return visible.slice(0, wanted)
    const last = rows[rows.length - 1]
    if (!last || count === null || rows.length < count) return visible
    from = last
    count = Math.min(count * 2, largestBatch)
  }
}

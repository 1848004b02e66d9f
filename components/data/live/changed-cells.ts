import type { RecordRow } from '@/lib/model/record'

/** For each record that changed, the columns that did. */
export type ChangedCells = ReadonlyMap<string, ReadonlySet<string>>

/**
 * What is different in a later reading of the same page: of a record that was there, the columns
 * whose value is another; of a new one, all. Records that are only in another place do not count.
 */
export function changedCells(
  before: readonly RecordRow[],
  after: readonly RecordRow[],
): ChangedCells {
  const old = new Map(before.map((row) => [row.id, row]))
  const changed = new Map<string, ReadonlySet<string>>()
  for (const row of after) {
    const columns = changedColumns(old.get(row.id), row)
    if (columns.size > 0) changed.set(row.id, columns)
  }
  return changed
}

function changedColumns(before: RecordRow | undefined, after: RecordRow): ReadonlySet<string> {
  // Of what has not changed at all, TanStack Query keeps the very object.
  if (before === after) return new Set()
  const now = { ...after.values, ...after.links }
  if (!before) return new Set(Object.keys(now))
  const then = { ...before.values, ...before.links }
  const columns = new Set([...Object.keys(then), ...Object.keys(now)])
  return new Set(
    [...columns].filter((name) => JSON.stringify(then[name]) !== JSON.stringify(now[name])),
  )
}

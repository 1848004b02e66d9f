import type { Json, JsonObject } from '@/lib/base/json'
import { deepMerge } from './deep-merge'
import { groupOps } from './group'
import type { Op, PutOp } from './op'

/** An op that changes the row of an entity. */
export type RowOp = Exclude<Op<string>, { kind: 'params' }>

/** The row of an entity as rules know it: values and has-one links by label. Null: no row. */
export type ForecastRow = JsonObject | null

/**
 * The row that ops on one entity leave, applied one after another in the order given, which is
 * what rules are shown of the future (contract semantics.md 6.5). A deletion clears the row for
 * what follows it; the last one is left to the rule for deleting.
 */
export function forecast(before: ForecastRow, id: string, ops: readonly RowOp[]): ForecastRow {
  const last = ops.findLastIndex(({ kind }) => kind !== 'delete')
  return ops.slice(0, last + 1).reduce((row, op) => applyOp(row, id, op), before)
}

/** The row that the same ops leave when they are run, group by group (contract semantics.md 5.2). */
export function outcome(before: ForecastRow, id: string, ops: readonly RowOp[]): ForecastRow {
  const ordered = groupOps<string>(ops).flatMap((group): readonly RowOp[] =>
    group.kind === 'set' ? [...group.puts, ...group.links] : (group.ops as readonly RowOp[]),
  )
  return ordered.reduce((row, op) => applyOp(row, id, op), before)
}

function applyOp(row: ForecastRow, id: string, op: RowOp): ForecastRow {
  switch (op.kind) {
    case 'put':
      return { ...(row ?? lookedUp(op)), id, ...named(op.values) }
    case 'merge': {
      if (!row) return row
      const merged = op.values.map(
        ([{ forward }, patch]) =>
          [forward.label, deepMerge(own(row, forward.label), patch)] as const,
      )
      return { ...row, ...Object.fromEntries(merged) }
    }
    case 'link':
      return op.attr.cardinality === 'one'
        ? { ...row, [op.attr.forward.label]: op.to }
        : (row ?? {})
    case 'unlink': {
      const { label } = op.attr.forward
      if (!row || own(row, label) !== op.to) return row
      return Object.fromEntries(Object.entries(row).filter(([key]) => key !== label))
    }
    case 'delete':
      return null
  }
}

/** A new row has the value that it was looked up by. */
function lookedUp({ lookup }: PutOp<string>): JsonObject {
  return lookup ? { [lookup.attr.forward.label]: lookup.value } : {}
}

function named(values: PutOp<string>['values']): JsonObject {
  return Object.fromEntries(values.map(([{ forward }, value]) => [forward.label, value]))
}

function own(row: JsonObject, label: string): Json | undefined {
  return Object.hasOwn(row, label) ? row[label] : undefined
}

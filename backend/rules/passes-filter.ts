import type { Json, JsonObject } from '@/lib/base/json'
import type { NumberComparison, RuleFilter } from './rule-filter'

/** A row, and all values at the end of a path from it. */
export interface FilterRow {
  readonly data: JsonObject
  readonly linked: (path: string) => readonly Json[]
}

/** Whether the row passes: the meaning that any translation of filters has to keep. */
export function passesFilter(filter: RuleFilter, row: FilterRow): boolean {
  switch (filter.kind) {
    case 'always':
      return true
    case 'never':
      return false
    case 'all':
      return filter.of.every((part) => passesFilter(part, row))
    case 'any':
      return filter.of.some((part) => passesFilter(part, row))
    case 'not':
      return !passesFilter(filter.of, row)
    case 'equals':
      return valueAt(row, filter.label) === filter.value
    case 'isNull':
      return valueAt(row, filter.label) === null
    case 'compare': {
      const value = valueAt(row, filter.label)
      return typeof value === 'number' && compares(value, filter.by, filter.value)
    }
    case 'linked':
      return row.linked(filter.path).includes(filter.value)
  }
}

function valueAt({ data }: FilterRow, label: string): Json {
  return Object.hasOwn(data, label) ? (data[label] ?? null) : null
}

/** Whether the comparison holds between the two numbers. */
export function compares(left: number, by: NumberComparison, right: number): boolean {
  switch (by) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
  }
}

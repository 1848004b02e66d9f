import type { Json } from '@/lib/base/json'
import type { DataAttr } from './attr'

/** How a value stands in the index table, as `index_number` and `index_text` would have it. */
export interface IndexValue {
  readonly number: number | null
  readonly text: string | null
}

const none: IndexValue = { number: null, text: null }

/**
 * The index form of a value where it takes no database to tell; null where it does, as for values
 * without a type and most dates. The value must be of the attribute's type.
 */
export function indexValue(attr: DataAttr, value: Json | undefined): IndexValue | null {
  if (value === undefined || value === null) return none
  switch (attr.checkedType) {
    case 'string':
      return typeof value === 'string' ? { number: null, text: value } : null
    case 'number':
      return typeof value === 'number' ? { number: value, text: null } : null
    case 'boolean':
      return typeof value === 'boolean' ? { number: value ? 1 : 0, text: null } : null
    case 'date':
      return isIsoInstant(value) ? { number: Date.parse(value) * 1000, text: null } : null
    case null:
      return null
  }
}

/**
 * Whether the value is a date in the one form whose validity and instant JavaScript and Postgres
 * agree on: how the SDK sends a `Date`.
 */
export function isIsoInstant(value: Json): value is string {
  if (typeof value !== 'string') return false
  if (!/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false
  const time = Date.parse(value)
  return !Number.isNaN(time) && new Date(time).toISOString() === value
}

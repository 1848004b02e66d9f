import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import {
  type Filter,
  type FilterGroup,
  type FilterOperator,
  type FilterTerm,
  noFilter,
} from './filter'

const operators: Readonly<Record<string, FilterOperator>> = {
  $ne: '!=',
  $not: '!=',
  $gt: '>',
  $gte: '>=',
  $lt: '<',
  $lte: '<=',
  $in: 'in',
  in: 'in',
  $like: 'like',
  $ilike: 'ilike',
}

/**
 * The filter that asks for what a `where` of InstaQL asks for, or null when there is none: for what is
 * no valid `where`, and for one whose conditions on a link must be met by the same linked record.
 */
export function fromWhere(where: Json | undefined): FilterGroup | null {
  if (where === undefined || where === null) return noFilter
  const filter = isJsonObject(where) ? readObject(where) : null
  if (!filter) return null
  return filter.kind === 'group' ? filter : { ...noFilter, of: [filter] }
}

function readObject(where: JsonObject): Filter | null {
  const entries = Object.entries(where)
  const shared = entries.filter(([key, value]) => key.includes('.') && !isIndependent(value))
  if (shared.length > 1) return null
  const of = entries.map(([key, value]) => readEntry(key, value))
  const read = of.filter((part) => part !== null)
  return read.length === of.length ? group('and', read) : null
}

// These are met apart from the rest even beside it (contract semantics 3.4).
function isIndependent(condition: Json): boolean {
  return isJsonObject(condition) && ['$not', '$ne'].some((key) => key in condition)
}

function readEntry(key: string, value: Json): Filter | null {
  if ((key === 'and' || key === 'or') && Array.isArray(value)) {
    const of = value.map((each) => (isJsonObject(each) ? readObject(each) : null))
    const read = of.filter((part) => part !== null)
    return read.length === of.length && of.length > 0 ? group(key, read) : null
  }
  const path = key.split('.')
  return path.every((name) => name !== '') ? readCondition(path, value) : null
}

function group(join: 'and' | 'or', of: readonly Filter[]): Filter {
  const [only] = of
  return only && of.length === 1 ? only : { kind: 'group', join, of, isOff: false }
}

function readCondition(path: readonly string[], condition: Json): FilterTerm | null {
  const compared = isJsonObject(condition) ? readOperator(condition) : readScalar('=', condition)
  return compared && { kind: 'term', path, ...compared, isOff: false }
}

type Compared = Pick<FilterTerm, 'operator' | 'value'>

function readOperator(condition: JsonObject): Compared | null {
  const [[key, value] = ['', null], ...more] = Object.entries(condition)
  if (more.length > 0) return null
  if (key === '$isNull' && typeof value === 'boolean') {
    return { operator: value ? 'is null' : 'is not null', value: null }
  }
  const operator = operators[key]
  if (operator === 'in') return readList(value)
  return operator ? readScalar(operator, value) : null
}

function readList(value: Json): Compared | null {
  const isList = Array.isArray(value) && value.every((each) => each === null || isScalar(each))
  return isList ? { operator: 'in', value } : null
}

function readScalar(operator: FilterOperator, value: Json): Compared | null {
  return isScalar(value) ? { operator, value } : null
}

function isScalar(value: Json): boolean {
  return value !== null && typeof value !== 'object'
}

import type { JsonObject } from '@/lib/base/json'
import type { Filter, FilterGroup, FilterOperator, FilterTerm } from './filter'

const spellings: Record<Exclude<FilterOperator, '=' | 'is null' | 'is not null'>, string> = {
  '!=': '$ne',
  '>': '$gt',
  '>=': '$gte',
  '<': '$lt',
  '<=': '$lte',
  in: '$in',
  like: '$like',
  ilike: '$ilike',
}

/**
 * The `where` of InstaQL that asks for a filter, or null when nothing is left of it to ask for. Parts
 * that are off are left out, and so are terms that `isAsked` denies. Each term is met on its own: two
 * about one link may be met by two linked records (contract semantics 3.4, independent bindings).
 */
export function toWhere(
  filter: FilterGroup,
  isAsked: (term: FilterTerm) => boolean = () => true,
): JsonObject | null {
  return compile(filter, isAsked)
}

function compile(part: Filter, isAsked: (term: FilterTerm) => boolean): JsonObject | null {
  if (part.isOff) return null
  if (part.kind === 'term') return isAsked(part) ? compileTerm(part) : null
  const of = part.of.map((each) => compile(each, isAsked)).filter((each) => each !== null)
  const [only] = of
  if (!only) return null
  if (of.length === 1) return only
  if (part.join === 'or') return { or: of }
  const keys = of.flatMap((each) => Object.keys(each))
  const isPlain = keys.every((key) => !key.includes('.') && key !== 'and' && key !== 'or')
  // Side by side in one object, conditions on a link would have to be met by the same record.
  return isPlain && new Set(keys).size === keys.length ? Object.assign({}, ...of) : { and: of }
}

function compileTerm({ path, operator, value }: FilterTerm): JsonObject {
  const key = path.join('.')
  switch (operator) {
    case '=':
      return { [key]: value }
    case 'is null':
      return { [key]: { $isNull: true } }
    case 'is not null':
      return { [key]: { $isNull: false } }
    default:
      return { [key]: { [spellings[operator]]: value } }
  }
}

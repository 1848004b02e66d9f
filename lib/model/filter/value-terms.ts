import type { Json } from '@/lib/base/json'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { checkTerm } from './check-term'
import type { FilterOperator, FilterTerm } from './filter'

/**
 * The conditions on an attribute, or on a link by an id, that its value in one record suggests, each
 * one that can be asked for. What is null or not set, or is no scalar, suggests only whether there is one.
 */
export function valueTerms(
  column: string,
  value: Json | undefined,
  place: { readonly namespace: Namespace; readonly schema: AppSchema },
): readonly FilterTerm[] {
  const isScalar = value !== null && value !== undefined && typeof value !== 'object'
  const operators: readonly FilterOperator[] = isScalar
    ? ['=', '!=', ...(typeof value === 'string' && value.length > 40 ? [] : ordered)]
    : []
  const compared = operators.map((operator) => toTerm(column, operator, isScalar ? value : null))
  const present = (['is not null', 'is null'] as const).map((each) => toTerm(column, each, null))
  return [...compared, ...present].filter((term) => checkTerm(term, place) === null)
}

const ordered: readonly FilterOperator[] = ['>=', '<=']

function toTerm(column: string, operator: FilterOperator, value: Json): FilterTerm {
  return { kind: 'term', path: [column], operator, value, isOff: false }
}

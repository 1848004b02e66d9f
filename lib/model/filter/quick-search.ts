import { isUuid } from '@/lib/base/uuid'
import type { Namespace } from '@/lib/model/schema'
import { type FilterGroup, type FilterOperator, type FilterTerm, noFilter } from './filter'

/** The attributes that a quick search looks in: those whose text an index is kept of. */
export function searchedAttributes({ attributes }: Namespace): readonly string[] {
  return attributes
    .filter(
      ({ name, type, isTyped, isIndexed }) =>
        name !== 'id' && type === 'string' && isTyped && isIndexed,
    )
    .map(({ name }) => name)
}

/**
 * The filter of a quick search: a text that occurs in any of the searched attributes, in either case;
 * of an id, the record. Blank text asks for nothing. Null when there is no attribute to look in.
 */
export function quickSearch(text: string, namespace: Namespace): FilterGroup | null {
  const wanted = text.trim()
  const isId: boolean = isUuid(wanted)
  if (wanted === '') return noFilter
  if (isId) return { ...noFilter, of: [toTerm('id', '=', wanted)] }
  const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`
  const of = searchedAttributes(namespace).map((name) => toTerm(name, 'ilike', pattern))
  return of.length === 0 ? null : { ...noFilter, join: 'or', of }
}

function toTerm(name: string, operator: FilterOperator, value: string): FilterTerm {
  return { kind: 'term', path: [name], operator, value, isOff: false }
}

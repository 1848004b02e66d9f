import type { Json } from '@/lib/base/json'

/**
 * What records are asked for: the one model behind the pills, the text form and the address. It may
 * name what the schema does not have; `check-term.ts` says so, and nothing is left out of it unseen.
 */
export type Filter = FilterGroup | FilterTerm

export interface FilterGroup {
  readonly kind: 'group'
  readonly join: FilterJoin
  readonly of: readonly Filter[]
  /** Kept, but not asked for. */
  readonly isOff: boolean
}

export type FilterJoin = 'and' | 'or'

export interface FilterTerm {
  readonly kind: 'term'
  /** Labels from the namespace on: all but the last are links. Never empty. */
  readonly path: readonly string[]
  readonly operator: FilterOperator
  /** A list for `in`; null for `is null` and `is not null`. */
  readonly value: Json
  readonly isOff: boolean
}

/** Spelled as in the text form. */
export const filterOperators = [
  '=',
  '!=',
  '>',
  '>=',
  '<',
  '<=',
  'in',
  'ilike',
  'like',
  'is null',
  'is not null',
] as const

export type FilterOperator = (typeof filterOperators)[number]

export const noFilter: FilterGroup = { kind: 'group', join: 'and', of: [], isOff: false }

/** Where a part is in a filter: the index in each group on the way to it. */
export type FilterPlace = readonly number[]

export function takesValue(operator: FilterOperator): boolean {
  return operator !== 'is null' && operator !== 'is not null'
}

/** All terms, in reading order. */
export function termsOf(filter: Filter): readonly FilterTerm[] {
  return filter.kind === 'term' ? [filter] : filter.of.flatMap(termsOf)
}

/** The filter with another part at a place, or without that part when it is null. */
export function replaceAt(
  group: FilterGroup,
  [index = -1, ...deeper]: FilterPlace,
  part: Filter | null,
): FilterGroup {
  const of = group.of.flatMap((each, at): readonly Filter[] => {
    if (at !== index) return [each]
    if (deeper.length === 0) return part ? [part] : []
    if (each.kind === 'term') return [each]
    const { of: left, isOff } = replaceAt(each, deeper, part)
    const [only] = left
    // A group of one says the same without the group.
    if (only && left.length === 1) return [{ ...only, isOff: only.isOff || isOff }]
    return left.length === 0 ? [] : [{ ...each, of: left }]
  })
  return { ...group, of }
}

/** The filter with one more part at the end of the group at a place, the root being `[]`. */
export function addTo(group: FilterGroup, place: FilterPlace, part: Filter): FilterGroup {
  const [index, ...deeper] = place
  if (index === undefined) return { ...group, of: [...group.of, part] }
  const of = group.of.map((each, at) =>
    at === index && each.kind === 'group' ? addTo(each, deeper, part) : each,
  )
  return { ...group, of }
}

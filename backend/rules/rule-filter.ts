/** What a field is compared with: never null. */
export type Scalar = string | number | boolean

export type NumberComparison = '<' | '<=' | '>' | '>='

/** A test of one row. None holds for a value that is null or missing, but `isNull`. */
export type RowTest =
  /** The value is this one: of the same JSON type, numbers by value. */
  | { readonly kind: 'equals'; readonly label: string; readonly value: Scalar }
  /** The value is null or missing. */
  | { readonly kind: 'isNull'; readonly label: string }
  | {
      readonly kind: 'compare'
      readonly label: string
      readonly by: NumberComparison
      readonly value: number
    }
  /** Some value at the end of the path of links is this one. */
  | { readonly kind: 'linked'; readonly path: string; readonly value: Scalar }

/**
 * A rule as a condition on rows that a database can decide: two-valued, so `not` is negation.
 * It says the same as evaluation of the rule on every row, and no row makes the rule fail.
 */
export type RuleFilter =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'all' | 'any'; readonly of: readonly RuleFilter[] }
  | { readonly kind: 'not'; readonly of: RuleFilter }
  | RowTest

export const always: RuleFilter = { kind: 'always' }
export const never: RuleFilter = { kind: 'never' }

/** All hold. Constants and repetitions are folded away. */
export function allOf(...filters: readonly RuleFilter[]): RuleFilter {
  return combine('all', filters)
}

/** At least one holds. Constants and repetitions are folded away. */
export function anyOf(...filters: readonly RuleFilter[]): RuleFilter {
  return combine('any', filters)
}

export function not(filter: RuleFilter): RuleFilter {
  switch (filter.kind) {
    case 'always':
      return never
    case 'never':
      return always
    case 'not':
      return filter.of
  }
  return { kind: 'not', of: filter }
}

function combine(kind: 'all' | 'any', filters: readonly RuleFilter[]): RuleFilter {
  const [neutral, decisive] = kind === 'all' ? [always, never] : [never, always]
  const flat = filters.flatMap((filter) =>
    filter.kind === kind ? filter.of : filter.kind === neutral.kind ? [] : [filter],
  )
  if (flat.some((filter) => filter.kind === decisive.kind)) return decisive
  const distinct = [...new Map(flat.map((filter) => [keyOf(filter), filter])).values()]
  const [first] = distinct
  if (!first) return neutral
  return distinct.length === 1 ? first : { kind, of: distinct }
}

/** The same for tests that are alike; a filter of several parts is only like itself. */
function keyOf(filter: RuleFilter): string | RuleFilter {
  switch (filter.kind) {
    case 'equals':
      return JSON.stringify(['=', filter.label, filter.value])
    case 'isNull':
      return JSON.stringify(['null', filter.label])
    case 'compare':
      return JSON.stringify([filter.by, filter.label, filter.value])
    case 'linked':
      return JSON.stringify(['in', filter.path, filter.value])
    case 'not': {
      const key = keyOf(filter.of)
      return typeof key === 'string' ? `not ${key}` : filter
    }
  }
  return filter
}

import { allOf, always, anyOf, never, not, type RuleFilter } from './rule-filter'

/**
 * A boolean expression by the rows on which it is true, false, or fails. Exactly one of the three
 * passes on any row: this is how CEL's errors are carried through two-valued filters.
 */
export interface Tri {
  readonly yes: RuleFilter
  readonly no: RuleFilter
  readonly error: RuleFilter
}

/** The same on every row. */
export const constantTri = {
  yes: { yes: always, no: never, error: never },
  no: { yes: never, no: always, error: never },
  error: { yes: never, no: never, error: always },
} as const

/** An expression that never fails and is true where the filter passes. */
export function total(yes: RuleFilter): Tri {
  return { yes, no: not(yes), error: never }
}

export function opposite({ yes, no, error }: Tri): Tri {
  return { yes: no, no: yes, error }
}

/** `&&`: false when either is, even if the other fails. */
export function both(a: Tri, b: Tri): Tri {
  return {
    yes: allOf(a.yes, b.yes),
    no: anyOf(a.no, b.no),
    error: anyOf(allOf(a.error, not(b.no)), allOf(b.error, not(a.no))),
  }
}

/** `||`: true when either is, even if the other fails. */
export function either(a: Tri, b: Tri): Tri {
  return opposite(both(opposite(a), opposite(b)))
}

/** `condition ? a : b`: only the branch taken can fail. */
export function choose(condition: Tri, a: Tri, b: Tri): Tri {
  const pick = (from: keyof Tri) =>
    anyOf(allOf(condition.yes, a[from]), allOf(condition.no, b[from]))
  return { yes: pick('yes'), no: pick('no'), error: anyOf(condition.error, pick('error')) }
}

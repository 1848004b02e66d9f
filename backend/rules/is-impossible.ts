import { compares } from './passes-filter'
import type { RowTest, RuleFilter } from './rule-filter'

/** A test and whether it is to hold. */
interface Literal {
  readonly test: RowTest
  readonly holds: boolean
}

const maxTerms = 200

/**
 * Whether no row whatever passes the filter. Looks at every combination of tests that would do;
 * false also when there are too many to look at.
 */
export function isImpossible(filter: RuleFilter): boolean {
  const terms = expand(filter, true)
  return terms?.every(contradicts) ?? false
}

type Term = readonly Literal[]

/** Disjunction of conjunctions; null when it grows too large. */
function expand(filter: RuleFilter, holds: boolean): readonly Term[] | null {
  switch (filter.kind) {
    case 'always':
      return holds ? [[]] : []
    case 'never':
      return holds ? [] : [[]]
    case 'not':
      return expand(filter.of, !holds)
    case 'all':
    case 'any': {
      const parts = filter.of.map((part) => expand(part, holds))
      // Negated, the one becomes the other.
      return (filter.kind === 'all') === holds ? product(parts) : union(parts)
    }
    case 'equals':
    case 'isNull':
    case 'compare':
    case 'linked':
      return [[{ test: filter, holds }]]
  }
}

type Parts = readonly (readonly Term[] | null)[]

function union(parts: Parts): readonly Term[] | null {
  const all: Term[] = []
  for (const terms of parts) {
    if (!terms || all.length + terms.length > maxTerms) return null
    all.push(...terms)
  }
  return all
}

function product(parts: Parts): readonly Term[] | null {
  let all: readonly Term[] = [[]]
  for (const terms of parts) {
    if (!terms) return null
    const longer: readonly Term[] = all
      .flatMap((left) => terms.map((right) => [...left, ...right]))
      .filter((term) => !contradicts(term))
    if (longer.length > maxTerms) return null
    all = longer
  }
  return all
}

function contradicts(term: Term): boolean {
  return term.some((one, at) => term.slice(at + 1).some((other) => exclude(one, other)))
}

/** Whether two literals cannot both be, whatever the row. */
function exclude(one: Literal, other: Literal): boolean {
  const [a, b] = [one.test, other.test]
  if (a.kind === 'linked' || b.kind === 'linked') {
    const isSame =
      a.kind === b.kind && a.kind === 'linked' && b.kind === 'linked'
        ? a.path === b.path && a.value === b.value
        : false
    return isSame && one.holds !== other.holds
  }
  if (a.label !== b.label) return false
  if (sameTest(a, b)) return one.holds !== other.holds
  return isRuledOutBy(one, other) || isRuledOutBy(other, one)
}

type FieldTest = Exclude<RowTest, { kind: 'linked' }>

function sameTest(a: FieldTest, b: FieldTest): boolean {
  if (a.kind === 'isNull' || b.kind === 'isNull') return a.kind === b.kind
  if (a.kind === 'compare' && b.kind === 'compare') return a.by === b.by && a.value === b.value
  return a.kind === b.kind && a.value === b.value
}

/** Whether the first, if it fixes the value, fixes one that the second does not allow. */
function isRuledOutBy({ test, holds }: Literal, other: Literal): boolean {
  if (!holds || other.test.kind === 'linked') return false
  if (test.kind === 'isNull') return other.holds && other.test.kind !== 'isNull'
  if (test.kind !== 'equals') return false
  switch (other.test.kind) {
    case 'isNull':
      return other.holds
    case 'equals':
      return other.holds
    case 'compare': {
      const { by, value } = other.test
      const isTrue = typeof test.value === 'number' && compares(test.value, by, value)
      return isTrue !== other.holds
    }
  }
}

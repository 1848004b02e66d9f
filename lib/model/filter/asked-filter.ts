import type { JsonObject } from '@/lib/base/json'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { checkTerm, type TermIssue } from './check-term'
import { type FilterGroup, type FilterTerm, noFilter, termsOf } from './filter'
import { type FilterProblem, parseFilter } from './parse-filter'
import { quickSearch } from './quick-search'
import { toWhere } from './to-where'

/** What a view asks for, and what of it cannot be asked. */
export interface AskedFilter {
  /** Empty when the text cannot be read. */
  readonly filter: FilterGroup
  /** What keeps the text from being read, or null. */
  readonly problem: FilterProblem | null
  /** Terms that are not asked for, with the reason. */
  readonly issues: ReadonlyMap<FilterTerm, TermIssue>
  /** Why the quick search is not asked for, or null. */
  readonly searchIssue: string | null
  /** What the records must meet, or null when that is nothing. */
  readonly where: JsonObject | null
}

interface AskedFor {
  readonly filter: string
  readonly search: string
}

/** Both of a view's filters as one condition. Whatever is not asked for is told. */
export function toAskedFilter(
  { filter: text, search }: AskedFor,
  place: { readonly namespace: Namespace; readonly schema: AppSchema },
): AskedFilter {
  const parsed = parseFilter(text)
  const filter = parsed.kind === 'filter' ? parsed.filter : noFilter
  const issues = new Map<FilterTerm, TermIssue>()
  for (const term of termsOf(filter)) {
    const issue = checkTerm(term, place)
    if (issue) issues.set(term, issue)
  }
  const found = quickSearch(search, place.namespace)
  const parts = [toWhere(filter, (term) => !issues.has(term)), found && toWhere(found)]
  const [first, second] = parts.filter((part) => part !== null)
  return {
    filter,
    problem: parsed.kind === 'wrong' ? parsed.problem : null,
    issues,
    searchIssue: found
      ? null
      : `${place.namespace.name} has no indexed text to search. Paste an id, or index an attribute.`,
    where: first && second ? { and: [first, second] } : (first ?? null),
  }
}

'use client'

import { useMemo } from 'react'
import { type AskedFilter, toAskedFilter } from '@/lib/model/filter/asked-filter'
import type { TermIssue } from '@/lib/model/filter/check-term'
import {
  addTo,
  type Filter,
  type FilterGroup,
  type FilterPlace,
  type FilterTerm,
  replaceAt,
} from '@/lib/model/filter/filter'
import { printFilter } from '@/lib/model/filter/print-filter'
import type { NamespaceView } from '@/lib/model/namespace-view'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import type { ChangeView } from '../use-view'

/** The ways to change the filter of a view. Each gives the address a new one. */
export interface FilterEdit {
  readonly issueOf: (term: FilterTerm) => TermIssue | null
  /** Puts another part in the place of one, or nothing. */
  readonly replace: (part: Filter, by: Filter | null) => void
  /** One more condition in a group; in the root, unless stated. */
  readonly add: (term: FilterTerm, group?: FilterGroup) => void
  /** Makes a condition a choice between it and another like it. */
  readonly addAlternative: (term: FilterTerm, changed: FilterTerm) => void
  readonly clear: () => void
}

interface FilterOptions {
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly view: NamespaceView
  readonly changeView: ChangeView
}

/** What a view asks for, checked against the schema, and the ways to change it. */
export function useFilter({ namespace, schema, view, changeView }: FilterOptions): {
  readonly asked: AskedFilter
  readonly edit: FilterEdit
} {
  const { filter: text, search } = view
  const asked = useMemo(
    () => toAskedFilter({ filter: text, search }, { namespace, schema }),
    [text, search, namespace, schema],
  )
  const edit = useMemo((): FilterEdit => {
    const { filter, issues } = asked
    const write = (next: FilterGroup) => changeView({ filter: printFilter(next), page: 1 })
    const replace = (part: Filter, by: Filter | null) => {
      if (part === filter) write(by?.kind === 'group' ? by : { ...filter, of: by ? [by] : [] })
      else write(replaceAt(filter, placeOf(filter, part) ?? [], by))
    }
    return {
      issueOf: (term) => issues.get(term) ?? null,
      replace,
      add: (term, group = filter) => write(addTo(filter, placeOf(filter, group) ?? [], term)),
      addAlternative: (term, changed) => {
        const other: FilterTerm = { ...changed, value: changed.operator === 'in' ? [] : '' }
        replace(term, { kind: 'group', join: 'or', of: [changed, other], isOff: false })
      },
      clear: () => changeView({ filter: '', search: '', page: 1 }),
    }
  }, [asked, changeView])
  return { asked, edit }
}

function placeOf(group: FilterGroup, part: Filter): FilterPlace | null {
  if (group === part) return []
  for (const [index, each] of group.of.entries()) {
    if (each === part) return [index]
    const deeper = each.kind === 'group' ? placeOf(each, part) : null
    if (deeper) return [index, ...deeper]
  }
  return null
}

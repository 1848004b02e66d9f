'use client'

import { X } from 'lucide-react'
import { Fragment } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { IconButton } from '@/components/ui/icon-button'
import type { FilterGroup } from '@/lib/model/filter/filter'
import { printFilter } from '@/lib/model/filter/print-filter'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { NewTerm } from './new-term'
import { TermPill } from './term-pill'
import type { FilterEdit } from './use-filter'

interface FilterPillsProps {
  readonly group: FilterGroup
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly edit: FilterEdit
  /** Whether a group around it is off. */
  readonly isOff?: boolean
}

/** The parts of a group, with the word that joins them between. Pressed, it becomes the other. */
export function FilterPills({ group, isOff = false, ...rest }: FilterPillsProps) {
  const { edit } = rest
  const other = group.join === 'and' ? 'or' : 'and'
  return group.of.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts may be alike, and have no name
    <Fragment key={index}>
      {index > 0 && (
        <button
          type="button"
          title={`Join by “${other}” instead`}
          onClick={() => edit.replace(group, { ...group, join: other })}
          className="h-6 rounded px-1 text-muted text-xs hover:bg-hover hover:text-ink"
        >
          {group.join}
        </button>
      )}
      {part.kind === 'term' ? (
        <TermPill {...rest} term={part} isOff={isOff} />
      ) : (
        <NestedGroup {...rest} group={part} isOff={isOff} />
      )}
    </Fragment>
  ))
}

function NestedGroup({ group, isOff = false, ...rest }: FilterPillsProps) {
  const { edit } = rest
  const text = printFilter(group)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset does not wrap among its neighbours
    <span
      role="group"
      aria-label={`Group: ${text}`}
      className="inline-flex max-w-full flex-wrap items-center gap-1 rounded-lg border border-line bg-sunken p-1"
    >
      <Checkbox
        label={`Ask for the group ${text}`}
        checked={!group.isOff}
        onChange={(isAsked) => edit.replace(group, { ...group, isOff: !isAsked })}
      />
      <FilterPills {...rest} group={group} isOff={isOff || group.isOff} />
      <NewTerm {...rest} group={group} label="Add to the group" />
      <IconButton
        size="small"
        label={`Remove the group ${text}`}
        onClick={() => edit.replace(group, null)}
      >
        <X aria-hidden="true" />
      </IconButton>
    </span>
  )
}

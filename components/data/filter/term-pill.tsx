'use client'

import { TriangleAlert, X } from 'lucide-react'
import { useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Popover } from '@/components/ui/popover'
import { type FilterTerm, noFilter } from '@/lib/model/filter/filter'
import { printFilter } from '@/lib/model/filter/print-filter'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { TermEditor } from './lazy-term-editor'
import type { FilterEdit } from './use-filter'

interface TermPillProps {
  readonly term: FilterTerm
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly edit: FilterEdit
  /** Whether a group around it is off. */
  readonly isOff: boolean
}

/** A condition: whether it is asked for, what it says, and the way to change or remove it. */
export function TermPill({ term, namespace, schema, edit, isOff }: TermPillProps) {
  const [isOpen, setOpen] = useState(false)
  const issue = edit.issueOf(term)
  const isCounted = !term.isOff && !isOff
  const text = printFilter({ ...noFilter, of: [{ ...term, isOff: false }] })

  return (
    <span
      className={cn(
        'inline-flex h-7 max-w-full items-center rounded-md border bg-surface pl-0.5 text-xs',
        issue ? 'border-notice-text/50 bg-notice-soft text-notice-text' : 'border-line-strong',
        !isCounted && 'border-dashed text-muted',
      )}
    >
      <Checkbox
        label={`Ask for ${text}`}
        checked={!term.isOff}
        onChange={(isAsked) => edit.replace(term, { ...term, isOff: !isAsked })}
      />
      <Popover
        title="Filter"
        align="start"
        className="w-80"
        open={isOpen}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            title={issue?.reason ?? 'Change it'}
            className="flex h-full min-w-0 items-center gap-1 rounded px-1 hover:bg-hover"
          >
            {issue && <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" />}
            <span className={cn('max-w-72 truncate font-mono', term.isOff && 'line-through')}>
              {text}
            </span>
            {issue && <span className="sr-only">Not asked for: {issue.reason}</span>}
          </button>
        }
      >
        <TermEditor
          term={term}
          namespace={namespace}
          schema={schema}
          action="Apply"
          onApply={(changed) => {
            setOpen(false)
            edit.replace(term, changed)
          }}
          onAlternative={(changed) => {
            setOpen(false)
            edit.addAlternative(term, changed)
          }}
        />
      </Popover>
      <IconButton size="small" label={`Remove ${text}`} onClick={() => edit.replace(term, null)}>
        <X aria-hidden="true" />
      </IconButton>
    </span>
  )
}

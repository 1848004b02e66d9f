'use client'

import { TextCursorInput, X } from 'lucide-react'
import { useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import type { AskedFilter } from '@/lib/model/filter/asked-filter'
import type { NamespaceView } from '@/lib/model/namespace-view'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import type { ChangeView } from '../use-view'
import { FilterPills } from './filter-pills'
import { FilterText } from './filter-text'
import { InstaqlPopover } from './instaql-popover'
import { NewTerm } from './new-term'
import { QuickSearch } from './quick-search'
import type { FilterEdit } from './use-filter'

interface FilterRowProps {
  readonly namespace: Namespace
  readonly schema: AppSchema
  readonly view: NamespaceView
  readonly changeView: ChangeView
  readonly asked: AskedFilter
  readonly edit: FilterEdit
}

/** What the records are narrowed down to: a search, and a filter as pills or as text. */
export function FilterRow({ namespace, schema, view, changeView, asked, edit }: FilterRowProps) {
  const [isText, setText] = useState(false)
  const hasFilter = view.filter !== '' || view.search !== ''
  const isUnread = asked.problem !== null

  return (
    <div className="flex shrink-0 flex-col gap-1.5 px-3 pb-2">
      <div className="flex flex-wrap items-center gap-1.5">
        <QuickSearch
          namespace={namespace}
          text={view.search}
          issue={asked.searchIssue}
          onSearch={(search) => changeView({ search, page: 1 }, 'replace')}
        />
        {isText || isUnread ? (
          <FilterText
            key={view.filter}
            text={view.filter}
            onApply={(filter) => {
              setText(false)
              changeView({ filter, page: 1 })
            }}
            cancelLabel={isUnread ? 'Discard' : 'Cancel'}
            onCancel={() => {
              setText(false)
              if (isUnread) changeView({ filter: '', page: 1 })
            }}
          />
        ) : (
          <>
            <FilterPills group={asked.filter} namespace={namespace} schema={schema} edit={edit} />
            <NewTerm namespace={namespace} schema={schema} edit={edit} />
            <div className="ml-auto flex items-center">
              {hasFilter && (
                <Button variant="quiet" size="small" icon={<X />} onClick={edit.clear}>
                  Clear
                </Button>
              )}
              <IconButton label="Write the filter as text" onClick={() => setText(true)}>
                <TextCursorInput aria-hidden="true" />
              </IconButton>
              <InstaqlPopover namespace={namespace.name} view={view} where={asked.where} />
            </div>
          </>
        )}
      </div>
      <NotAsked asked={asked} edit={edit} />
    </div>
  )
}

/** What of the filter does not count, so that nobody takes the records for what they are not. */
function NotAsked({ asked, edit }: Pick<FilterRowProps, 'asked' | 'edit'>) {
  const { problem, searchIssue, issues } = asked
  const ignored = [...issues].filter(([term]) => !term.isOff)
  if (!problem && !searchIssue && ignored.length === 0) return null
  return (
    <Alert tone="notice" title="Part of the filter is not asked for">
      <ul>
        {problem && <li>The text of the filter cannot be read, so nothing of it counts.</li>}
        {searchIssue && <li>{searchIssue}</li>}
        {ignored.map(([term, { reason, fix }], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same term may be there twice
          <li key={at}>
            {reason}{' '}
            {fix && (
              <Button size="small" onClick={() => edit.replace(term, fix.term)}>
                {fix.label}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

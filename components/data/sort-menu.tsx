'use client'

import { ArrowDownUp } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Menu, MenuChoices, MenuSeparator } from '@/components/ui/menu'
import type { NamespaceView } from '@/lib/model/namespace-view'
import { creationTime } from '@/lib/model/record'
import { type Namespace, whyNotSortable } from '@/lib/model/schema'
import type { ChangeView } from './use-view'

interface SortMenuProps {
  readonly namespace: Namespace
  readonly view: NamespaceView
  readonly changeView: ChangeView
}

/** Every order there is, also by the time of creation, which has no column. */
export function SortMenu({ namespace, view, changeView }: SortMenuProps) {
  const sortable = namespace.attributes.filter((attribute) => whyNotSortable(attribute) === null)
  const isByCreation = view.sort === creationTime
  const current = isByCreation ? 'created' : view.sort
  const choices = [
    { value: creationTime, label: 'Time of creation' },
    ...sortable.map(({ name }) => ({ value: name, label: name })),
  ]

  return (
    <Menu
      align="end"
      trigger={
        <Button
          variant="quiet"
          icon={<ArrowDownUp />}
          aria-label={`Sorted by ${current}, ${view.direction}`}
        >
          <span className="hidden max-w-40 truncate sm:inline">
            {isByCreation ? (view.direction === 'desc' ? 'Newest first' : 'Oldest first') : current}
          </span>
        </Button>
      }
    >
      <MenuChoices
        label="Sort by"
        value={view.sort}
        onChange={(sort) => changeView({ sort, page: 1 })}
        choices={choices}
      />
      <MenuSeparator />
      <MenuChoices
        label="Direction"
        value={view.direction}
        onChange={(direction) => changeView({ direction, page: 1 })}
        choices={
          isByCreation
            ? [
                { value: 'desc', label: 'Newest first' },
                { value: 'asc', label: 'Oldest first' },
              ]
            : [
                { value: 'asc', label: 'Ascending' },
                { value: 'desc', label: 'Descending' },
              ]
        }
      />
    </Menu>
  )
}

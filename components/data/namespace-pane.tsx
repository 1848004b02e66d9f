'use client'

import { useQuery } from '@tanstack/react-query'
import { Pin, PinOff, Search } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useApp } from '@/components/shell/acting'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { formatTotal } from '@/lib/model/format-value'
import { pages } from '@/lib/model/routes'
import type { AppSchema, Namespace } from '@/lib/model/schema'
import { countsQuery } from '@/lib/queries/schema'
import { usePinnedNamespaces } from './use-pinned-namespaces'

interface NamespacePaneProps {
  readonly schema: AppSchema
  readonly current: string | null
  readonly onChoose?: () => void
}

/** The namespaces, with how many records each has. Pinned ones stand first. */
export function NamespacePane({ schema, current, onChoose }: NamespacePaneProps) {
  const [search, setSearch] = useState('')
  const app = useApp()
  const { data: counts, isPending } = useQuery(countsQuery(app))
  const { pinned, toggle } = usePinnedNamespaces(app.appId)

  const found = schema.namespaces.filter(({ name }) =>
    name.toLowerCase().includes(search.trim().toLowerCase()),
  )
  const rest = found.filter(({ name }) => !pinned.has(name))
  const groups = [
    { title: 'Pinned', namespaces: found.filter(({ name }) => pinned.has(name)) },
    { title: 'Namespaces', namespaces: rest.filter(({ isSystem }) => !isSystem) },
    { title: 'System', namespaces: rest.filter(({ isSystem }) => isSystem) },
  ]

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="relative flex h-12 shrink-0 items-center px-2">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute left-4 size-3.5 text-faint"
        />
        <Input
          type="search"
          aria-label="Search namespaces"
          placeholder="Search namespaces"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="pl-7"
        />
      </div>
      <nav aria-label="Namespaces" className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {groups.map(
          (group) =>
            group.namespaces.length > 0 && (
              <div key={group.title} className="mt-1 mb-3">
                <h2 className="px-2 pb-1 text-2xs text-muted">{group.title}</h2>
                <ul>
                  {group.namespaces.map((namespace) => (
                    <NamespaceItem
                      key={namespace.name}
                      namespace={namespace}
                      isCurrent={namespace.name === current}
                      count={isPending ? '' : formatTotal(counts?.[namespace.name])}
                      isPinned={pinned.has(namespace.name)}
                      onTogglePin={() => toggle(namespace.name)}
                      {...(onChoose && { onChoose })}
                    />
                  ))}
                </ul>
              </div>
            ),
        )}
        {found.length === 0 && (
          <div className="px-2 py-4 text-center text-muted">
            <p className="[overflow-wrap:anywhere]">No namespace has “{search}” in its name.</p>
            <Button size="small" className="mt-2" onClick={() => setSearch('')}>
              Clear the search
            </Button>
          </div>
        )}
      </nav>
    </div>
  )
}

interface NamespaceItemProps {
  readonly namespace: Namespace
  readonly isCurrent: boolean
  readonly count: string
  readonly isPinned: boolean
  readonly onTogglePin: () => void
  readonly onChoose?: () => void
}

function NamespaceItem(props: NamespaceItemProps) {
  const { namespace, isCurrent, count, isPinned, onTogglePin, onChoose } = props
  const app = useApp()
  return (
    <li className="group/namespace relative">
      <Link
        href={pages.data(app, namespace.name)}
        aria-current={isCurrent ? 'page' : undefined}
        {...(onChoose && { onClick: onChoose })}
        className={cn(
          'flex h-7 items-center justify-between gap-3 rounded-md pr-8 pl-2 coarse:h-10',
          isCurrent ? 'bg-accent-soft font-medium text-accent-text' : 'text-ink hover:bg-hover',
        )}
      >
        <span className="truncate">{namespace.name}</span>
        <span className={cn('shrink-0 text-xs', isCurrent ? 'text-accent-text' : 'text-muted')}>
          {count}
        </span>
      </Link>
      <IconButton
        size="small"
        side="right"
        label={isPinned ? `Unpin ${namespace.name}` : `Pin ${namespace.name}`}
        onClick={onTogglePin}
        className={cn(
          'absolute! top-0.5 right-0.5 coarse:top-2',
          !isPinned &&
            'opacity-0 focus-visible:opacity-100 coarse:opacity-100 group-hover/namespace:opacity-100',
        )}
      >
        {isPinned ? <PinOff aria-hidden="true" /> : <Pin aria-hidden="true" />}
      </IconButton>
    </li>
  )
}

'use client'

import { RotateCw, Search } from 'lucide-react'
import type { RefObject } from 'react'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import type { UsersPage } from '@/lib/model/user'

interface UsersToolbarProps {
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly initialSearch: string
  readonly isFetching: boolean
  /** What a search has found, or null when there is none. */
  readonly foundBy: UsersPage | null | undefined
  readonly onSearch: (text: string) => void
  readonly onRefresh: () => void
}

export function UsersToolbar(props: UsersToolbarProps) {
  return (
    <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 px-3">
      <span aria-hidden="true" className="hidden font-semibold text-base sm:block">
        Users
      </span>
      <div className="relative flex w-full max-w-96 min-w-0 flex-1 items-center py-2">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute left-2 size-3.5 text-faint"
        />
        <Input
          ref={props.inputRef}
          type="search"
          aria-label="Search by e-mail, id or refresh token"
          placeholder="E-mail, id or refresh token"
          spellCheck={false}
          defaultValue={props.initialSearch}
          onChange={(event) => props.onSearch(event.target.value)}
          className="pl-7"
        />
      </div>
      <p role="status" className="text-muted text-xs">
        {props.foundBy && words(props.foundBy)}
      </p>
      <IconButton label="Refresh" className="ml-auto" onClick={props.onRefresh}>
        <RotateCw
          aria-hidden="true"
          className={cn(props.isFetching && 'motion-safe:animate-spin')}
        />
      </IconButton>
    </div>
  )
}

function words({ users, foundBy, hasMore }: UsersPage): string {
  if (users.length === 0) return 'Nobody found'
  switch (foundBy) {
    case 'token':
      return 'Whose refresh token this is'
    case 'id':
      return 'Found by id'
    case 'all':
    case 'text':
      return `${users.length}${hasMore ? '+' : ''} found`
  }
}

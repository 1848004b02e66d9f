'use client'

import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useApp } from '@/components/shell/acting'
import { StaleNote } from '@/components/shell/stale-note'
import { FailedState, LoadingState } from '@/components/shell/states'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import { findNamespace } from '@/lib/model/schema'
import { userLabel, usersNamespace } from '@/lib/model/user'
import { toFailure } from '@/lib/queries/request-error'
import { schemaQuery } from '@/lib/queries/schema'
import { userQuery } from '@/lib/queries/users'
import { UserActions } from './user-actions'
import { UserAttributes } from './user-attributes'
import { UserFacts } from './user-facts'
import { UserLinks } from './user-links'

interface UserPanelProps {
  readonly id: string
  readonly onOpenUser: (id: string) => void
  readonly onClose: () => void
}

/** A user's whole picture beside the list, and what can be done with them. */
export function UserPanel({ id, onOpenUser, onClose }: UserPanelProps) {
  const { appId } = useApp()
  const query = useQuery(userQuery({ appId, id }))
  const { data, error, refetch, isFetching } = query
  const { data: schema } = useQuery(schemaQuery(appId))
  const namespace = schema && findNamespace(schema, usersNamespace)
  // Deleted meanwhile: the last good data would be a lie.
  const isGone = error !== null && toFailure(error).code === 'unknown-user'
  const user = isGone ? undefined : data
  const headingRef = useRef<HTMLHeadingElement>(null)

  // So that the keyboard and a screen reader are where something new appeared.
  useEffect(() => headingRef.current?.focus({ preventScroll: true }), [])

  function leave(event: KeyboardEvent) {
    // A dialog of the panel is inside it for React, not in the document: its Escape is its own.
    const isOwn = event.target instanceof Node && event.currentTarget.contains(event.target)
    if (event.key !== 'Escape' || event.defaultPrevented || !isOwn) return
    event.preventDefault()
    onClose()
  }

  return (
    <aside
      aria-label="User"
      onKeyDown={leave}
      className="flex min-h-0 w-full shrink-0 flex-col bg-surface shadow-panel motion-safe:animate-[slide-in_140ms_ease-out] md:z-20 md:w-[clamp(340px,38vw,540px)] md:border-line-strong md:border-l"
    >
      <div className="flex h-12 shrink-0 items-center gap-1 border-line border-b px-2">
        <div className="min-w-0 flex-1 px-1">
          <h2
            ref={headingRef}
            tabIndex={-1}
            className="truncate font-semibold text-sm leading-4 outline-none"
          >
            {user ? userLabel(user) : 'User'}
          </h2>
          <p className="truncate font-mono text-2xs text-muted leading-4">{id}</p>
        </div>
        <CopyButton text={id} label="Copy id" className="size-7!" />
        <IconButton label="Close  (Esc)" onClick={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {user && schema && namespace ? (
        <>
          <StaleNote query={query} className="m-3 mb-0" />
          <div className="min-h-0 flex-1 overflow-y-auto" aria-busy={isFetching}>
            <UserActions user={user} schema={schema} onDeleted={onClose} />
            <UserFacts user={user} onOpenUser={onOpenUser} />
            <UserAttributes namespace={namespace} values={user.record.values} />
            <UserLinks namespace={namespace} record={user.record} onOpenUser={onOpenUser} />
          </div>
        </>
      ) : error ? (
        <FailedState
          title={isGone ? 'There is no such user' : 'The user could not be read'}
          failure={toFailure(error)}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
          actions={<Button onClick={onClose}>Close</Button>}
        />
      ) : (
        <LoadingState lines={10} lineClass="h-9" />
      )}
    </aside>
  )
}

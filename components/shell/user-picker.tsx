'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, UserRound } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/skeleton'
import { type UserSummary, userLabel } from '@/lib/model/user'
import { toFailure } from '@/lib/queries/request-error'
import { userSummaryQuery, usersQuery } from '@/lib/queries/users'
import { useApp } from './acting'
import { recentUsers } from './recent-users'

interface UserPickerProps {
  readonly onChoose: (id: string) => void
  readonly onBack: () => void
}

const shown = 7

/** Finds a user on the server, by part of an e-mail or by id. Before a search: those last acted as. */
export function UserPicker({ onChoose, onBack }: UserPickerProps) {
  const { appId } = useApp()
  const [search, setSearch] = useState('')
  const deferred = useDeferredValue(search.trim())
  const { data, error, isFetching, isPlaceholderData } = useQuery(
    usersQuery({ appId, search: deferred, page: 1, size: shown }),
  )
  const [recent] = useState(() => recentUsers(appId))

  return (
    <div>
      <div className="mb-2 flex items-center gap-1">
        <Button size="small" variant="quiet" icon={<ArrowLeft />} onClick={onBack}>
          Back
        </Button>
      </div>
      <Input
        // The second step was asked for by a click or Enter: typing goes on here.
        autoFocus
        type="search"
        aria-label="Find a user by e-mail or id"
        placeholder="E-mail or id"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          const [first] = data?.users ?? []
          if (event.key === 'Enter' && first && !isFetching) onChoose(first.id)
        }}
      />
      <div className="mt-2 min-h-48" aria-busy={isFetching}>
        {deferred === '' && recent.length > 0 && (
          <>
            <h3 className="px-2 pb-0.5 text-2xs text-muted">Recent</h3>
            <ul className="mb-2">
              {recent.map((id) => (
                <RecentUser key={id} id={id} onChoose={onChoose} />
              ))}
            </ul>
          </>
        )}
        {deferred === '' && <h3 className="px-2 pb-0.5 text-2xs text-muted">Newest</h3>}
        {error && !data ? (
          <p role="alert" className="px-2 py-1 text-danger-text">
            {toFailure(error).message}
          </p>
        ) : !data ? (
          <Skeleton className="mx-2 my-2 h-3" />
        ) : data.users.length === 0 ? (
          <p className="px-2 py-1 text-muted [overflow-wrap:anywhere]">
            {deferred === '' ? 'This app has no users yet.' : `Nobody is found by “${deferred}”.`}
          </p>
        ) : (
          // Those of the search before, until this one has its answer: not to be picked by mistake.
          <ul
            aria-label="Users found"
            inert={isPlaceholderData}
            className={cn(isPlaceholderData && 'opacity-50')}
          >
            {data.users.slice(0, shown).map((user) => (
              <UserItem key={user.id} user={user} onChoose={onChoose} />
            ))}
          </ul>
        )}
        {data?.hasMore && (
          <p className="px-2 pt-1 text-muted text-xs">There are more: type more of the e-mail.</p>
        )}
      </div>
    </div>
  )
}

/** One of those last acted as. Whoever was deleted since is left out. */
function RecentUser({ id, onChoose }: { id: string; onChoose: (id: string) => void }) {
  const { appId } = useApp()
  const { data } = useQuery(userSummaryQuery({ appId, id }))
  return data ? <UserItem user={data} onChoose={onChoose} /> : null
}

interface UserItemProps {
  readonly user: UserSummary
  readonly onChoose: (id: string) => void
}

function UserItem({ user, onChoose }: UserItemProps) {
  return (
    <li>
      <button
        type="button"
        onClick={() => onChoose(user.id)}
        className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-hover coarse:min-h-11"
      >
        <UserRound aria-hidden="true" className="size-3.5 shrink-0 text-identity-user" />
        <span className="min-w-0 flex-1 truncate">
          {userLabel(user)}
          {user.email && user.name && <span className="text-muted text-xs"> {user.name}</span>}
        </span>
        {user.type === 'guest' && <Badge>guest</Badge>}
      </button>
    </li>
  )
}

'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { SearchX, Users } from 'lucide-react'
import { type RefObject, useMemo, useState } from 'react'
import { Grid } from '@/components/grid/grid'
import { asDescribed } from '@/components/grid/grid-layout'
import { useApp } from '@/components/shell/acting'
import { StaleNote } from '@/components/shell/stale-note'
import {
  FailedState,
  LoadingState,
  NothingMatchesState,
  NothingYetState,
} from '@/components/shell/states'
import { Button } from '@/components/ui/button'
import { type UsersPage, usersPageSize } from '@/lib/model/user'
import { toFailure } from '@/lib/queries/request-error'
import { creationTimesQuery } from '@/lib/queries/users'
import { userColumns } from './user-columns'

interface UsersGridProps {
  readonly users: UseQueryResult<UsersPage>
  readonly page: number
  readonly search: string
  readonly openUser: string | null
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly onOpen: (id: string) => void
  readonly onLeave: () => void
  readonly onClearSearch: () => void
  readonly onFirstPage: () => void
}

/** The list in each of its states. After a failed refresh the last good rows stay, and it says so. */
export function UsersGrid(props: UsersGridProps) {
  const { users } = props
  const retry = () => void users.refetch()
  return (
    <>
      <StaleNote query={users} className="mx-3 mb-2" />
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        {users.data ? (
          <LoadedGrid {...props} data={users.data} />
        ) : users.error ? (
          <FailedState
            title="The users could not be read"
            failure={toFailure(users.error)}
            onRetry={retry}
            isRetrying={users.isFetching}
          />
        ) : (
          <LoadingState lines={14} />
        )}
      </div>
    </>
  )
}

function LoadedGrid(props: UsersGridProps & { readonly data: UsersPage }) {
  const { data, page, search } = props
  const { appId } = useApp()
  const [layout, setLayout] = useState(asDescribed)
  const ids = useMemo(() => data.users.map(({ id }) => id), [data.users])
  const created = useQuery(creationTimesQuery(appId, ids))
  const columns = useMemo(() => userColumns(created.data), [created.data])

  return (
    <Grid
      label="Users"
      columns={columns}
      rows={data.users}
      part={`${search} ${page}`}
      offset={(page - 1) * usersPageSize}
      total={null}
      layout={layout}
      onLayoutChange={setLayout}
      sort={null}
      onSort={() => undefined}
      openRow={props.openUser}
      onOpenRow={({ id }) => props.onOpen(id)}
      onEditCell={({ id }) => props.onOpen(id)}
      onLeave={props.onLeave}
      isBusy={props.users.isPlaceholderData}
      gridRef={props.gridRef}
      empty={
        search !== '' ? (
          <NothingMatchesState
            title="Nobody is found"
            icon={<SearchX />}
            actions={<Button onClick={props.onClearSearch}>Clear the search</Button>}
          >
            <p>
              No user has this in the e-mail or another indexed text, as id or as refresh token. A
              token that was signed out leads to nobody.
            </p>
          </NothingMatchesState>
        ) : page > 1 ? (
          <NothingMatchesState
            title={`There is no page ${page}`}
            icon={<SearchX />}
            actions={<Button onClick={props.onFirstPage}>Go to the first page</Button>}
          />
        ) : (
          <NothingYetState title="No users yet" icon={<Users />}>
            <p>One appears with the first sign-in to your app, or when a token is made for one:</p>
            <pre className="mt-3 overflow-x-auto rounded-md border border-line bg-sunken px-3 py-2 text-left font-mono text-xs">
              {"await db.auth.createToken({ email: 'ada@example.com' })"}
            </pre>
          </NothingYetState>
        )
      }
    />
  )
}

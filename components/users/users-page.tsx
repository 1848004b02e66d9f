'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useApp } from '@/components/shell/acting'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { asAdmin } from '@/lib/model/identity'
import { usersNamespace, usersPageSize } from '@/lib/model/user'
import { countQuery } from '@/lib/queries/records'
import { usersQuery } from '@/lib/queries/users'
import { useUsersSearch } from './use-users-search'
import { useUsersView } from './use-users-view'
import { UserPanel } from './user-panel'
import { UsersGrid } from './users-grid'
import { UsersPager } from './users-pager'
import { UsersToolbar } from './users-toolbar'

/** The app's users: a list to find one in, and beside it all that belongs to that one. */
export function UsersPage() {
  const { appId } = useApp()
  const { view, problems, changeView } = useUsersView()
  const search = useUsersSearch(view, changeView)
  const users = useQuery(
    usersQuery({ appId, search: search.search, page: view.page, size: usersPageSize }),
  )
  const count = useQuery(countQuery({ ...asAdmin(appId), namespace: usersNamespace }))
  const gridRef = useRef<HTMLDivElement>(null)
  const openUser = (user: string | null) => changeView({ user })

  function close() {
    openUser(null)
    gridRef.current?.focus({ preventScroll: true })
  }

  return (
    <div className="flex h-full min-h-0">
      <h1 className="sr-only">Users</h1>
      <section
        aria-label="Users"
        className={cn('min-w-0 flex-1 flex-col', view.user ? 'hidden md:flex' : 'flex')}
      >
        <UsersToolbar
          inputRef={search.inputRef}
          initialSearch={view.search}
          isFetching={users.isFetching}
          foundBy={search.search === '' || users.isPlaceholderData ? null : users.data}
          onSearch={search.type}
          onRefresh={() => {
            void users.refetch()
            void count.refetch()
          }}
        />
        {problems.length > 0 && (
          <Alert
            tone="notice"
            className="mx-3 mb-2"
            title="Part of the address was left out"
            actions={
              <Button size="small" onClick={() => changeView({}, 'replace')}>
                Correct the address
              </Button>
            }
          >
            {problems.map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
          </Alert>
        )}
        <UsersGrid
          users={users}
          page={view.page}
          search={search.search}
          openUser={view.user}
          gridRef={gridRef}
          onOpen={openUser}
          onLeave={() => view.user && close()}
          onClearSearch={search.clear}
          onFirstPage={() => changeView({ page: 1 })}
        />
        <UsersPager
          page={view.page}
          shown={users.data?.users.length ?? null}
          total={search.search === '' ? (count.data ?? null) : null}
          hasMore={users.data?.hasMore ?? false}
          onGoTo={(page) => changeView({ page })}
        />
      </section>
      {view.user && (
        <UserPanel key={view.user} id={view.user} onOpenUser={openUser} onClose={close} />
      )}
    </div>
  )
}

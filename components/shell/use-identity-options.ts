'use client'

import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { admin, guest, type Identity } from '@/lib/model/identity'
import { type UserSummary, userLabel } from '@/lib/model/user'
import { toFailure } from '@/lib/queries/request-error'
import { userSummaryQuery, usersQuery } from '@/lib/queries/users'
import { useApp } from './acting'
import { recentUsers } from './recent-users'

/** An identity to choose. */
export interface IdentityOption {
  readonly identity: Identity
  readonly label: string
  /** What else tells it apart. */
  readonly note: string | null
  /** Whether it is a guest of the app's that has an account. */
  readonly isGuestUser?: boolean
}

export interface IdentityGroup {
  readonly title: string
  readonly items: readonly IdentityOption[]
}

interface IdentityOptions {
  readonly groups: readonly IdentityGroup[]
  readonly isFetching: boolean
  readonly hasMore: boolean
  /** Why users could not be searched, in words. */
  readonly problem: string | null
}

const shown = 7

const fixed: readonly IdentityOption[] = [
  { identity: admin, label: 'Admin', note: 'No rules: all is shown, every write goes through.' },
  { identity: guest, label: 'Guest', note: 'Not signed in: auth.id is null in the rules.' },
]

/**
 * Whom a search finds to act as. Without one: Admin and Guest, the users last acted as, and the newest.
 * Those of the search before are no answer to this one.
 */
export function useIdentityOptions(search: string): IdentityOptions {
  const { appId } = useApp()
  const isSearch = search !== ''
  const [recentIds] = useState(() => recentUsers(appId))
  const recent = useQueries({ queries: recentIds.map((id) => userSummaryQuery({ appId, id })) })
  const users = useQuery(usersQuery({ appId, search, page: 1, size: shown }))
  const found = users.isPlaceholderData ? [] : (users.data?.users.slice(0, shown) ?? [])
  // Whoever was deleted since is left out.
  const known = recent.flatMap(({ data }) => (data ? [data] : []))
  const others = found.filter(({ id }) => isSearch || !known.some((each) => each.id === id))

  const groups: readonly IdentityGroup[] = [
    {
      title: 'Without an account',
      items: fixed.filter(({ label }) => label.toLowerCase().includes(search.toLowerCase())),
    },
    { title: 'Recent', items: isSearch ? [] : known.map(toOption) },
    { title: isSearch ? 'Users found' : 'Newest', items: others.map(toOption) },
  ]
  return {
    groups: groups.filter(({ items }) => items.length > 0),
    isFetching: users.isFetching,
    hasMore: users.data?.hasMore ?? false,
    problem: users.error && toFailure(users.error).message,
  }
}

function toOption(user: UserSummary): IdentityOption {
  const { id, email, name, type } = user
  return {
    identity: { kind: 'user', id },
    label: userLabel(user),
    note: email ? name : null,
    isGuestUser: type === 'guest',
  }
}

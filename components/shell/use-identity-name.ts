'use client'

import { useQuery } from '@tanstack/react-query'
import type { AppRef } from '@/lib/model/identity'
import { userLabel } from '@/lib/model/user'
import { toFailure } from '@/lib/queries/request-error'
import { userSummaryQuery } from '@/lib/queries/users'

interface IdentityName {
  /** "Admin", "Guest", an e-mail, or enough of an id while no more is known. */
  readonly name: string
  /** Whether there is no such user, so that nothing can be done as them. */
  readonly isNobody: boolean
}

/** What an identity is called. */
export function useIdentityName({ appId, as }: AppRef): IdentityName {
  const id = as.kind === 'user' ? as.id : ''
  const { data, error } = useQuery({
    ...userSummaryQuery({ appId, id }),
    enabled: as.kind === 'user',
  })
  switch (as.kind) {
    case 'admin':
      return { name: 'Admin', isNobody: false }
    case 'guest':
      return { name: 'Guest', isNobody: false }
    case 'user':
      return {
        name: data ? userLabel(data) : `User ${id.slice(0, 8)}`,
        isNobody: error !== null && toFailure(error).code === 'unknown-user',
      }
  }
}

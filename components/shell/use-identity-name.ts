'use client'

import { useQuery } from '@tanstack/react-query'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { AppRef } from '@/lib/model/identity'
import { userLabel } from '@/lib/model/user'
import { toFailure } from '@/lib/queries/request-error'
import { userSummaryQuery } from '@/lib/queries/users'

interface IdentityName {
  /** "Admin", "Guest", an e-mail, or enough of an id while no more is known. */
  readonly name: string
  /** Whether there is an answer, be it that there is no such user. */
  readonly isKnown: boolean
  /** Whether there is no such user, so that nothing can be done as them. */
  readonly isNobody: boolean
}

const unasked = { data: undefined, error: null, isPending: true } as const

/** What an identity is called. */
export function useIdentityName({ appId, as }: AppRef): IdentityName {
  const id = as.kind === 'user' ? as.id : ''
  const summary = useQuery({ ...userSummaryQuery({ appId, id }), enabled: as.kind === 'user' })
  // The server does not ask. A part of the page that is taken over last may find an answer already.
  const isHydrated = useHydrated()
  const { data, error, isPending } = isHydrated ? summary : unasked
  switch (as.kind) {
    case 'admin':
      return { name: 'Admin', isKnown: true, isNobody: false }
    case 'guest':
      return { name: 'Guest', isKnown: true, isNobody: false }
    case 'user': {
      const isNobody = error !== null && toFailure(error).code === 'unknown-user'
      return {
        name: data && !isNobody ? userLabel(data) : `User ${id.slice(0, 8)}`,
        isKnown: !isPending,
        isNobody,
      }
    }
  }
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { Fingerprint, UserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { isUuid } from '@/lib/base/uuid'
import { recordSearch } from '@/lib/model/namespace-view'
import { pages } from '@/lib/model/routes'
import type { AppSchema } from '@/lib/model/schema'
import { userLabel } from '@/lib/model/user'
import { toUsersSearch } from '@/lib/model/users-view'
import { findByIdQuery } from '@/lib/queries/find-by-id'
import { toFailure } from '@/lib/queries/request-error'
import { schemaQuery } from '@/lib/queries/schema'
import { usersQuery } from '@/lib/queries/users'
import { useApp } from '../acting'
import { lookOf } from '../identity-look'
import { useActAs } from '../use-act-as'
import type { CommandGroup } from './command'

/** What a search finds at the backend, and whether all of it is there yet. */
export interface FoundCommands {
  readonly groups: readonly CommandGroup[]
  readonly isFetching: boolean
  /** What could not be searched, in words. */
  readonly problems: readonly string[]
}

const shownUsers = 5

/** Fewer letters would find nearly everybody. */
const shortestSearch = 2

const noSchema: AppSchema = { title: null, namespaces: [] }

/** The users that a search finds, and the records whose id it is. */
export function useFoundCommands(text: string): FoundCommands {
  const app = useApp()
  const router = useRouter()
  const actAs = useActAs()
  const search = text.trim()
  const isId = isUuid(search)
  const { data: schema } = useQuery(schemaQuery(app.appId))
  const users = useQuery({
    ...usersQuery({ appId: app.appId, search, page: 1, size: shownUsers }),
    enabled: search.length >= shortestSearch,
  })
  const records = useQuery({
    ...findByIdQuery(app, schema ?? noSchema, search.toLowerCase()),
    enabled: isId && schema !== undefined,
  })

  // Those of the search before are no answer to this one.
  const foundUsers = users.isPlaceholderData ? [] : (users.data?.users.slice(0, shownUsers) ?? [])
  const user = lookOf({ kind: 'user', id: '' })
  const groups: readonly CommandGroup[] = [
    {
      title: 'Records',
      commands: (records.data ?? []).map(({ namespace, id, title }) => ({
        id: `record ${namespace} ${id}`,
        label: title ?? id,
        icon: Fingerprint,
        note: namespace,
        run: () => router.push(pages.data(app, namespace, recordSearch({ namespace, id }))),
      })),
    },
    {
      title: 'Users',
      commands: foundUsers.map((each) => ({
        id: `user ${each.id}`,
        label: userLabel(each),
        icon: UserRound,
        note: 'open',
        run: () =>
          router.push(pages.users(app, toUsersSearch({ search: '', page: 1, user: each.id }))),
      })),
    },
    {
      title: 'Act as a user',
      commands: foundUsers.map((each) => ({
        id: `act ${each.id}`,
        label: `Act as ${userLabel(each)}`,
        icon: user.icon,
        run: () => actAs({ kind: 'user', id: each.id }),
      })),
    },
  ]
  const problems = [users.error, records.error].flatMap((error) =>
    error ? [toFailure(error).message] : [],
  )
  return {
    groups: groups.filter(({ commands }) => commands.length > 0),
    isFetching: users.isFetching || records.isFetching,
    problems,
  }
}

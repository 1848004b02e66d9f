'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { useApp } from '@/components/shell/acting'
import { pages } from '@/lib/model/routes'
import {
  type ParsedUsersView,
  parseUsersView,
  toUsersSearch,
  type UsersView,
} from '@/lib/model/users-view'

export type ChangeUsersView = (change: Partial<UsersView>, history?: 'push' | 'replace') => void

/** The view that the address asks for, and the way to ask for another. */
export function useUsersView(): ParsedUsersView & { readonly changeView: ChangeUsersView } {
  const app = useApp()
  const search = useSearchParams()
  const parsed = useMemo(() => parseUsersView(new URLSearchParams(search)), [search])
  const changeView = useCallback<ChangeUsersView>(
    (change, history = 'push') => {
      // The address itself, not the view last drawn: two changes in a row must not undo each other.
      const { view } = parseUsersView(new URLSearchParams(window.location.search))
      const url = pages.users(app, toUsersSearch({ ...view, ...change }))
      if (history === 'push') window.history.pushState(null, '', url)
      else window.history.replaceState(null, '', url)
    },
    [app],
  )
  return { ...parsed, changeView }
}

'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { changeAddress, type HistoryChange } from '@/components/shell/address'
import {
  type ParsedUsersView,
  parseUsersView,
  toUsersSearch,
  type UsersView,
} from '@/lib/model/users-view'

export type ChangeUsersView = (change: Partial<UsersView>, history?: HistoryChange) => void

/** The view that the address asks for, and the way to ask for another. */
export function useUsersView(): ParsedUsersView & { readonly changeView: ChangeUsersView } {
  const search = useSearchParams()
  const parsed = useMemo(() => parseUsersView(new URLSearchParams(search)), [search])
  const changeView = useCallback<ChangeUsersView>((change, history = 'push') => {
    changeAddress((current) => {
      const { view } = parseUsersView(current)
      return toUsersSearch({ ...view, ...change })
    }, history)
  }, [])
  return { ...parsed, changeView }
}

'use client'

import { type RefObject, useEffect, useRef, useState } from 'react'
import { isShareable } from '@/lib/model/user'
import type { UsersView } from '@/lib/model/users-view'
import type { ChangeUsersView } from './use-users-view'

/** How long typing must pause before it is searched for. */
const pauseMs = 250

interface UsersSearch {
  /** What is searched for. */
  readonly search: string
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly type: (text: string) => void
  readonly clear: () => void
}

/**
 * What is searched for: the `q` of the address, or a text that may be a refresh token, which stays
 * here. The field keeps its own text while somebody types; the address follows after a pause.
 */
export function useUsersSearch(view: UsersView, changeView: ChangeUsersView): UsersSearch {
  const [secret, setSecret] = useState<string | null>(null)
  const inputRef = useRef<HTMLInputElement>(null)
  const committed = useRef(view.search)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => () => clearTimeout(pause.current), [])

  // A link or Back: the address speaks and the field follows.
  useEffect(() => {
    if (view.search === committed.current) return
    committed.current = view.search
    setSecret(null)
    if (inputRef.current) inputRef.current.value = view.search
  }, [view.search])

  function commit(text: string) {
    const isOpen = isShareable(text)
    committed.current = isOpen ? text : ''
    setSecret(isOpen ? null : text)
    changeView({ search: committed.current, page: 1 }, 'replace')
  }

  function type(text: string) {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => commit(text.trim()), pauseMs)
  }

  function clear() {
    clearTimeout(pause.current)
    if (inputRef.current) inputRef.current.value = ''
    inputRef.current?.focus()
    commit('')
  }

  return { search: secret ?? view.search, inputRef, type, clear }
}

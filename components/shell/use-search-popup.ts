'use client'

import { type RefCallback, useCallback, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Later } from '@/components/ui/later'
import { type HeldTyping, holdTyping } from './held-typing'

interface SearchPopup {
  readonly isOpen: boolean
  readonly setOpen: (open: boolean) => void
  readonly search: string
  readonly setSearch: (search: string) => void
  /** Of the field that is searched by. */
  readonly fieldRef: RefCallback<HTMLInputElement>
}

/**
 * Something with a field that opens by a key and may have to be fetched first. What is typed right after
 * the key is meant for the field, and gets there.
 */
export function useSearchPopup(fetched: readonly Later<unknown>[]): SearchPopup {
  const [isOpen, setShown] = useState(false)
  const [search, setSearch] = useState('')
  const typing = useRef<HeldTyping | null>(null)

  const endTyping = useCallback(() => {
    const text = typing.current?.end() ?? ''
    typing.current = null
    return text
  }, [])

  const setOpen = useCallback(
    (toOpen: boolean) => {
      const close = () => {
        endTyping()
        setShown(false)
      }
      if (!toOpen) return close()
      endTyping()
      typing.current = holdTyping(close)
      for (const later of fetched) later.load().catch(close)
      // At once, and not with the next frame.
      flushSync(() => {
        setSearch('')
        setShown(true)
      })
    },
    [fetched, endTyping],
  )

  const fieldRef = useCallback(
    (field: HTMLInputElement | null) => {
      if (!field || !typing.current) return
      setSearch(endTyping())
      field.focus({ preventScroll: true })
    },
    [endTyping],
  )

  return { isOpen, setOpen, search, setSearch, fieldRef }
}

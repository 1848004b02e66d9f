'use client'

import { type RefCallback, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Later } from '@/components/ui/later'
import { type HeldTyping, holdTyping } from './held-typing'

/** The field that something is searched by. */
export interface SearchField {
  readonly search: string
  readonly setSearch: (search: string) => void
  readonly fieldRef: RefCallback<HTMLInputElement>
}

interface SearchPopup {
  readonly isOpen: boolean
  readonly setOpen: (open: boolean) => void
  readonly toggle: () => void
  readonly field: SearchField
  /** What had the focus before it opened. */
  readonly openedFrom: RefObject<HTMLElement | null>
}

interface Opened {
  readonly close: () => void
  readonly field: RefObject<HTMLInputElement | null>
  readonly from: RefObject<HTMLElement | null>
}

/** The one that was opened last: there is one at a time. */
let opened: Opened | null = null

/**
 * Something with a field that opens by a key and may have to be fetched first. What is typed right after
 * the key is meant for the field, and gets there.
 */
export function useSearchPopup(fetched: readonly Later<unknown>[]): SearchPopup {
  const [isOpen, setShown] = useState(false)
  const [search, setSearch] = useState('')
  const isOpenNow = useRef(false)
  const typing = useRef<HeldTyping | null>(null)
  const fieldNow = useRef<HTMLInputElement | null>(null)
  const openedFrom = useRef<HTMLElement | null>(null)

  const endTyping = useCallback(() => {
    const text = typing.current?.end() ?? ''
    typing.current = null
    return text
  }, [])

  const show = useCallback((open: boolean) => {
    isOpenNow.current = open
    setShown(open)
  }, [])

  const close = useCallback(() => {
    endTyping()
    show(false)
  }, [endTyping, show])

  const open = useCallback(() => {
    if (fieldNow.current) {
      setSearch('')
      return fieldNow.current.focus({ preventScroll: true })
    }
    openedFrom.current = whereOneWas()
    opened?.close()
    opened = { close, field: fieldNow, from: openedFrom }
    typing.current = holdTyping(close)
    for (const later of fetched) later.load().catch(close)
    // At once, and not with the next frame.
    flushSync(() => {
      setSearch('')
      show(true)
    })
  }, [fetched, close, show])

  const fieldRef = useCallback(
    (field: HTMLInputElement | null) => {
      fieldNow.current = field
      if (!field) return
      // Not before the popup has taken note of what had the focus, and before any other key.
      queueMicrotask(() => {
        if (!typing.current) return
        // At once, or the next letter would be the only one.
        flushSync(() => setSearch(endTyping()))
        field.focus({ preventScroll: true })
      })
    },
    [endTyping],
  )

  useEffect(() => close, [close])

  return {
    isOpen,
    setOpen: useCallback((toOpen) => (toOpen ? open() : close()), [open, close]),
    toggle: useCallback(() => (isOpenNow.current ? close() : open()), [open, close]),
    field: { search, setSearch, fieldRef },
    openedFrom,
  }
}

/** What has the focus; if that is the field of one that is open, what had it before. */
function whereOneWas(): HTMLElement | null {
  const { activeElement } = document
  if (opened && opened.field.current === activeElement) return opened.from.current
  return activeElement instanceof HTMLElement ? activeElement : null
}

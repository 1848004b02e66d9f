'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useLayoutEffect } from 'react'
import { keepActing } from '@/lib/model/routes'

/** Whether Back leads to the address before. */
export type HistoryChange = 'push' | 'replace'

/**
 * Addresses that were written and are still to be drawn, the oldest first. The router draws each some
 * time after it is written, and then puts it into the address bar once more, also when another has been
 * written since: on a busy page the bar may show the one before the last for a while.
 */
let undrawn: readonly string[] = []

let drawn: string | null = null

/** What the address in force says: the one last written, be it drawn or not. */
export function searchInForce(): URLSearchParams {
  const written = undrawn.at(-1)
  return new URL(written ?? window.location.href, window.location.href).searchParams
}

/** Brings another address of the page in view into force. */
export function writeAddress(url: string, history: HistoryChange): void {
  undrawn = url === drawn ? [] : [...undrawn, url]
  if (history === 'push') window.history.pushState(null, '', url)
  else window.history.replaceState(null, '', url)
}

/**
 * Changes what the page in view says of itself in its address. Given are the parameters in force, not
 * those last drawn: two changes in a row must not undo each other. As whom the page acts and what becomes
 * of writes stay as they are, whatever is given back; that is changed by `useActAs` and `useChooseMode`
 * alone.
 */
export function changeAddress(
  change: (search: URLSearchParams) => URLSearchParams,
  history: HistoryChange,
): void {
  const next = change(searchInForce())
  writeAddress(keepActing(window.location.pathname, next, searchInForce()), history)
}

/** Tells which address is drawn. Before any effect of the page runs: they may ask what is in force. */
export function useDrawnAddress(): void {
  const path = usePathname()
  const search = useSearchParams().toString()
  useLayoutEffect(() => addressDrawn(search === '' ? path : `${path}?${search}`), [path, search])
}

/** One that was not written here came by a link, or by Back, and is in force at once. */
export function addressDrawn(url: string): void {
  drawn = url
  undrawn = undrawn.includes(url) ? undrawn.slice(undrawn.lastIndexOf(url) + 1) : []
}

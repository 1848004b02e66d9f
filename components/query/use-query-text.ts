'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { changeAddress, searchInForce } from '@/components/shell/address'
import { parseQueryLink, toQueryLink } from '@/lib/model/query-link'
import { keepText, keptText } from './kept-texts'

/** How long typing must pause before the address follows. Browsers limit how often it may change. */
const pauseMs = 300

/** Where the text came from when it was not typed here. */
export type TextNotice = 'broken-link' | 'text-not-kept' | null

/**
 * The text of the query, which is the `q` of the address. Typing changes the address after a pause:
 * the first change after a run or an arrival makes a new history entry, and those after it replace
 * that one, so Back leads from query to query and not from letter to letter.
 */
export function useQueryText(onArrive: (text: string) => void) {
  const link = useSearchParams().get('q')
  const [text, setText] = useState(() => textOf(link))
  // Whether a kept text is there is known only once this runs in its tab.
  const [notice, setNotice] = useState<TextNotice>(() =>
    parseQueryLink(link).kind === 'broken' ? 'broken-link' : null,
  )
  const written = useRef<string | null>(null)
  const isDraft = useRef(link === null)
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(text)

  useEffect(() => {
    // The router tells of an address some time after it is written; by then it may be another.
    const isLate = link !== searchInForce().get('q')
    if (isLate || written.current === (link ?? '')) return
    // A link, Back, Forward or a reload: the address speaks and the text follows.
    written.current = link ?? ''
    isDraft.current = link === null
    clearTimeout(pause.current)
    const arrived = parseQueryLink(link).kind === 'kept' ? (keptText(link) ?? '') : textOf(link)
    latest.current = arrived
    setText(arrived)
    setNotice(arrived === '' ? noticeOf(link) : null)
    if (arrived !== '') onArrive(arrived)
  }, [link, onArrive])

  /** Brings the address up to date at once. */
  const settle = useCallback(() => {
    clearTimeout(pause.current)
    const next =
      latest.current === '' ? '' : (toQueryLink(latest.current) ?? keepText(latest.current))
    if (next === written.current) return
    written.current = next
    changeAddress(
      (search) => {
        if (next === '') search.delete('q')
        else search.set('q', next)
        return search
      },
      isDraft.current ? 'replace' : 'push',
    )
    isDraft.current = true
  }, [])

  const write = useCallback(
    (changed: string) => {
      latest.current = changed
      setText(changed)
      setNotice(null)
      clearTimeout(pause.current)
      pause.current = setTimeout(settle, pauseMs)
    },
    [settle],
  )

  /** Makes the text a station of its own: what is typed from here on gets a new history entry. */
  const conclude = useCallback(() => {
    settle()
    isDraft.current = false
  }, [settle])

  useEffect(() => {
    window.addEventListener('pagehide', settle)
    return () => {
      window.removeEventListener('pagehide', settle)
      // By now the address is another page's.
      clearTimeout(pause.current)
    }
  }, [settle])

  return { text, notice, write, settle, conclude }
}

/** Of a kept text nothing is known yet: the server has no access to the tab's storage. */
function textOf(link: string | null): string {
  const parsed = parseQueryLink(link)
  return parsed.kind === 'text' ? parsed.text.replaceAll(/\r\n?/g, '\n') : ''
}

function noticeOf(link: string | null): TextNotice {
  switch (parseQueryLink(link).kind) {
    case 'broken':
      return 'broken-link'
    case 'kept':
      return 'text-not-kept'
    case 'none':
    case 'text':
      return null
  }
}

'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { RecordRow } from '@/lib/model/record'
import type { RecordsRequest } from '@/lib/model/requests/record'
import { recordsQuery } from '@/lib/queries/records'

interface WindowOptions {
  /** Its page is the one of the address. */
  readonly request: RecordsRequest
  /** Says in the address which page the top row is of. */
  readonly onPage: (page: number) => void
}

/**
 * The records at hand: those of the page that was asked for, and of the pages around it that were
 * scrolled to. A page that the address has because of scrolling leaves them as they are; any other
 * begins anew.
 */
export function useRecordsWindow({ request, onPage }: WindowOptions) {
  const { page, size } = request
  const of = JSON.stringify({ ...request, page: null })
  const scrolled = useRef(new Set<number>())
  const [place, setPlace] = useState({ of, start: page, at: page })
  const isKept = place.of === of && (page === place.at || scrolled.current.has(page))
  const start = isKept ? place.start : page
  if (place.of !== of || place.at !== page) {
    if (!isKept) scrolled.current.clear()
    setPlace({ of, start, at: page })
  }

  const asked = { ...request, page: start }
  const records = useInfiniteQuery(recordsQuery(asked))
  const { data, isPlaceholderData, isFetching, isError } = records
  const rows = useMemo(() => distinct(data?.pages.flatMap((each) => each.records) ?? []), [data])
  const first = data?.pageParams[0]?.page ?? start
  const part = useRef('')
  // What stays while the next loads is of the part before.
  if (!isPlaceholderData) part.current = `${of} ${start}`
  const isReady = !isPlaceholderData && !isFetching && !isError

  const showTop = useCallback(
    (row: number) => {
      const top = first + Math.floor(row / size)
      if (isPlaceholderData || top === page) return
      scrolled.current.add(page).add(top)
      onPage(top)
    },
    [first, size, page, isPlaceholderData, onPage],
  )
  /** To be called before the address is given a page to go to, rather than one that was scrolled to. */
  const leave = useCallback(() => scrolled.current.clear(), [])

  return {
    records,
    rows,
    /** Changes with what the rows are of, not with how many of them are here. */
    part: part.current,
    /** Names the pages at hand. */
    extent: JSON.stringify([of, data?.pageParams]),
    offset: (first - 1) * size,
    showTop,
    leave,
    readOn: () => {
      if (isReady && records.hasNextPage) void records.fetchNextPage()
    },
    readBack: () => {
      if (isReady && records.hasPreviousPage) void records.fetchPreviousPage()
    },
  }
}

// Pages that are read one after the other meet again what has moved between them.
function distinct(rows: readonly RecordRow[]): readonly RecordRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

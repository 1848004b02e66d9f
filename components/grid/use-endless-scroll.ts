'use client'

import { type RefObject, useEffect, useLayoutEffect, useRef, type WheelEvent } from 'react'

interface EndlessScrollOptions {
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly offset: number
  readonly rowHeight: number
  readonly part: string
  readonly onNearStart?: () => void
  readonly onTopRow?: (row: number) => void
  /** Rows came before the first, or, below zero, went. */
  readonly onShift: (rows: number) => void
  /** The rows are of something else, and scrolled to the top. */
  readonly onPart: () => void
}

/** So many rows before there are none, more are asked for. */
export const nearRows = 40

/** How long the scroll rests before the row at the top is told. */
const restMs = 200

/**
 * Rows that come or go above what is in view leave it where it is. Earlier rows are asked for only
 * when someone scrolls up: a page that was jumped to stays at the top by itself.
 */
export function useEndlessScroll(options: EndlessScrollOptions) {
  const { gridRef, offset, part, rowHeight, onNearStart } = options
  const last = useRef({ part, offset, rowHeight })
  const lastTop = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const tell = useRef(options)

  useLayoutEffect(() => {
    tell.current = options
  })

  useLayoutEffect(() => {
    const before = last.current
    last.current = { part, offset, rowHeight }
    const grid = gridRef.current
    if (!grid) return
    if (before.part !== part) {
      grid.scrollTop = 0
      tell.current.onPart()
    } else if (before.offset !== offset) {
      grid.scrollTop += (before.offset - offset) * rowHeight
      tell.current.onShift(before.offset - offset)
    }
    // Higher or lower, the same rows stay in view.
    if (before.rowHeight !== rowHeight) grid.scrollTop *= rowHeight / before.rowHeight
    lastTop.current = grid.scrollTop
  }, [part, offset, rowHeight, gridRef])

  useEffect(() => () => clearTimeout(timer.current), [])

  return {
    onScroll: () => {
      const top = gridRef.current?.scrollTop ?? 0
      if (top < lastTop.current && top < nearRows * rowHeight) onNearStart?.()
      lastTop.current = top
      clearTimeout(timer.current)
      timer.current = setTimeout(
        () => tell.current.onTopRow?.(Math.floor((gridRef.current?.scrollTop ?? 0) / rowHeight)),
        restMs,
      )
    },
    // At the very top nothing scrolls any more.
    onWheel: ({ deltaY }: WheelEvent) => {
      if (deltaY < 0 && gridRef.current?.scrollTop === 0) onNearStart?.()
    },
  }
}

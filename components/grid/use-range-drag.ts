'use client'

import { type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { CellCursor } from './cell-cursor'
import { cellOf } from './cell-of'
import { gutterWidth, headingHeight } from './measures'

interface RangeDragOptions {
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly onPress: (cell: CellCursor) => void
  readonly onExtend: (cell: CellCursor) => void
}

interface Point {
  readonly x: number
  readonly y: number
}

/** How often, and by how much of the distance, what lies beyond the edge comes into view. */
const scrollEveryMs = 40
const scrollShare = 0.4

/**
 * Selecting cells with the mouse: pressed on one and dragged to another, or pressed with Shift.
 * Dragging within one cell selects its text, as anywhere.
 */
export function useRangeDrag({ gridRef, onPress, onExtend }: RangeDragOptions) {
  const [isDragging, setDragging] = useState(false)
  const extend = useRef(onExtend)
  const end = useRef<() => void>(undefined)

  useEffect(() => {
    extend.current = onExtend
  })
  useEffect(() => () => end.current?.(), [])

  function start(grid: HTMLElement, from: CellCursor) {
    end.current?.()
    let at = from
    let point: Point | null = null

    function follow() {
      if (!point) return
      const beyond = distanceBeyond(grid, point)
      if (beyond.x !== 0 || beyond.y !== 0) {
        grid.scrollBy(beyond.x * scrollShare, beyond.y * scrollShare)
      }
      const inside = document.elementFromPoint(point.x - beyond.x, point.y - beyond.y)
      const cell = cellOf(grid, inside)
      if (!cell || (cell.row === at.row && cell.column === at.column)) return
      at = cell
      setDragging(true)
      window.getSelection()?.removeAllRanges()
      extend.current(cell)
    }
    function move(event: globalThis.MouseEvent) {
      if (event.buttons === 0) return end.current?.()
      point = { x: event.clientX, y: event.clientY }
      follow()
    }
    const timer = setInterval(follow, scrollEveryMs)
    end.current = () => {
      clearInterval(timer)
      window.removeEventListener('mousemove', move)
      window.removeEventListener('mouseup', end.current ?? move)
      setDragging(false)
    }
    window.addEventListener('mousemove', move)
    window.addEventListener('mouseup', end.current)
  }

  function onMouseDown(event: MouseEvent) {
    const grid = gridRef.current
    const cell = grid && event.button === 0 ? cellOf(grid, event.target) : null
    if (!grid || !cell) return
    if (event.shiftKey) {
      // Or the browser selects the text between.
      event.preventDefault()
      grid.focus({ preventScroll: true })
      onExtend(cell)
    } else {
      onPress(cell)
    }
    start(grid, cell)
  }

  return { isDragging, onMouseDown }
}

/** How far a point is out of the cells that are in view; 0 within them. */
function distanceBeyond(grid: HTMLElement, { x, y }: Point): Point {
  const { left, top } = grid.getBoundingClientRect()
  return {
    x: outside(x, left + gutterWidth + 1, left + grid.clientWidth - 2),
    y: outside(y, top + headingHeight + 1, top + grid.clientHeight - 2),
  }
}

function outside(value: number, min: number, max: number): number {
  return value < min ? value - min : value > max ? value - max : 0
}

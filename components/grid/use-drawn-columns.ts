'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useMemo } from 'react'
import type { GridColumn } from './grid-column'
import { gutterWidth } from './measures'
import type { GridRecord, LaidOutColumn } from './use-grid-table'

/** A column that is in the document. */
export interface DrawnColumn<Row> {
  readonly column: GridColumn<Row>
  /** Among the visible columns, from 0. */
  readonly index: number
  readonly isPinned: boolean
  /** Whether columns that are not drawn come right before it. */
  readonly isAfterGap: boolean
  /** Whether it waits to come near the view before it shows anything. */
  readonly isAsleep: boolean
}

/** So many columns are drawn wherever the grid is scrolled to. With more, those near the view are. */
const drawnAnyway = 40

/** The columns that are drawn, and how wide those are that are left out before them. */
export function useDrawnColumns<Row extends GridRecord>(
  columns: readonly GridColumn<Row>[],
  laidOut: readonly LaidOutColumn<Row>[],
  gridRef: RefObject<HTMLDivElement | null>,
) {
  const pinnedCount = laidOut.filter(({ isPinned }) => isPinned).length
  const scrolling = laidOut.slice(pinnedCount)
  const isVirtual = scrolling.length > drawnAnyway
  const virtualizer = useVirtualizer({
    horizontal: true,
    count: scrolling.length,
    getScrollElement: () => gridRef.current,
    estimateSize: (index) => scrolling[index]?.width ?? 0,
    getItemKey: (index) => scrolling[index]?.column.id ?? index,
    scrollMargin: gutterWidth,
    overscan: 4,
    initialRect: { width: 1600, height: 900 },
  })

  const widths = scrolling.map(({ width }) => width).join()
  useLayoutEffect(() => {
    if (widths !== '') virtualizer.measure()
  }, [widths, virtualizer])

  const items = virtualizer.getVirtualItems()
  const near = { first: items[0]?.index ?? 0, last: items.at(-1)?.index ?? -1 }
  const { first, last } = isVirtual ? near : { first: 0, last: scrolling.length - 1 }
  const before = scrolling.slice(0, first).reduce((sum, { width }) => sum + width, 0)
  const asleep = scrolling
    .filter(({ column }, at) => column.isLazy && (at < near.first || at > near.last))
    .map(({ column }) => column.id)

  // Told by their names, so that rows are drawn again only when other columns are, and not when one
  // becomes wider.
  const names = JSON.stringify({ all: laidOut.map(({ column }) => column.id), asleep })
  const drawn = useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]))
    const named: { readonly all: string[]; readonly asleep: string[] } = JSON.parse(names)
    return named.all.flatMap((id, index): DrawnColumn<Row>[] => {
      const column = byId.get(id)
      const at = index - pinnedCount
      const isDrawn = at < 0 || (at >= first && at <= last)
      return column && isDrawn
        ? [
            {
              column,
              index,
              isPinned: at < 0,
              isAfterGap: at === first,
              isAsleep: named.asleep.includes(id),
            },
          ]
        : []
    })
  }, [columns, names, pinnedCount, first, last])
  return { drawn, before }
}

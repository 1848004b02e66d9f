'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useMemo } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { GridColumn } from './grid-column'
import { gutterWidth } from './measures'
import type { GridRecord, LaidOutColumn } from './use-grid-table'

/** A column that is in the document. */
export interface DrawnColumn<Row> {
  readonly column: GridColumn<Row>
  /** Among the visible columns, from 0. */
  readonly index: number
  /** In pixels. */
  readonly width: number
  /** How far from the left it stays, if it is pinned. */
  readonly pinnedAt: number | null
  /** How wide the columns right before it are that are not drawn. */
  readonly gap: number
  /** Whether it waits to come near the view before it shows anything. */
  readonly isAsleep: boolean
}

/**
 * So many columns are drawn wherever the grid is scrolled to. With more, and in what the server draws, those
 * near the view are.
 */
const drawnAnyway = 40

/**
 * The columns that are drawn. They carry their measures themselves: variables of the grid would have
 * every cell styled again whenever it is scrolled.
 */
export function useDrawnColumns<Row extends GridRecord>(
  columns: readonly GridColumn<Row>[],
  laidOut: readonly LaidOutColumn<Row>[],
  gridRef: RefObject<HTMLDivElement | null>,
): readonly DrawnColumn<Row>[] {
  const pinnedCount = laidOut.filter(({ isPinned }) => isPinned).length
  const scrolling = laidOut.slice(pinnedCount)
  const isHydrated = useHydrated()
  const isVirtual = scrolling.length > drawnAnyway || !isHydrated
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
  const places = laidOut.flatMap(({ column, width, isPinned }, index): Place[] => {
    const at = index - pinnedCount
    if (at >= 0 && (at < first || at > last)) return []
    return [
      {
        id: column.id,
        index,
        width,
        pinnedAt: isPinned ? gutterWidth + sumOf(laidOut.slice(0, index)) : null,
        gap: at === first ? sumOf(scrolling.slice(0, first)) : 0,
        isAsleep: Boolean(column.isLazy) && at >= 0 && (at < near.first || at > near.last),
      },
    ]
  })

  // Compared as text, so that what is the same as before stays the same, and no row is drawn again.
  const text = JSON.stringify(places)
  return useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]))
    const read: readonly Place[] = JSON.parse(text)
    return read.flatMap(({ id, ...place }): DrawnColumn<Row>[] => {
      const column = byId.get(id)
      return column ? [{ column, ...place }] : []
    })
  }, [columns, text])
}

type Place = Omit<DrawnColumn<never>, 'column'> & { readonly id: string }

function sumOf(columns: readonly { readonly width: number }[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0)
}

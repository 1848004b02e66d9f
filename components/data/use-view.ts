'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { useApp } from '@/components/shell/acting'
import {
  type NamespaceView,
  type ParsedView,
  parseView,
  resolveView,
  toSearch,
} from '@/lib/model/namespace-view'
import { pages } from '@/lib/model/routes'
import type { AppSchema, Namespace } from '@/lib/model/schema'

export type ChangeView = (change: Partial<NamespaceView>, history?: 'push' | 'replace') => void

interface ViewOptions {
  readonly namespace: Namespace
  readonly schema: AppSchema
}

/**
 * The view that the address asks for, and the way to ask for another. The address is the only place
 * where it is kept. Changing it asks nothing of the server: the queries follow by themselves.
 */
export function useView({ namespace, schema }: ViewOptions): ParsedView & {
  readonly changeView: ChangeView
} {
  const app = useApp()
  const search = useSearchParams()
  const parsed = useMemo(
    () => resolveView(parseView(new URLSearchParams(search)), namespace, schema),
    [search, namespace, schema],
  )
  const changeView = useCallback<ChangeView>(
    (change, history = 'push') => {
      // The address itself, not the view last drawn: two changes in a row must not undo each other.
      const current = parseView(new URLSearchParams(window.location.search))
      const { view } = resolveView(current, namespace, schema)
      const url = pages.data(app, namespace.name, toSearch({ ...view, ...change }))
      if (history === 'push') window.history.pushState(null, '', url)
      else window.history.replaceState(null, '', url)
    },
    [app, namespace, schema],
  )

  return { ...parsed, changeView }
}

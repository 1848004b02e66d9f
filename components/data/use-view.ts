'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback, useMemo } from 'react'
import { changeAddress, type HistoryChange } from '@/components/shell/address'
import {
  type NamespaceView,
  type ParsedView,
  parseView,
  resolveView,
  toSearch,
} from '@/lib/model/namespace-view'
import type { AppSchema, Namespace } from '@/lib/model/schema'

export type ChangeView = (change: Partial<NamespaceView>, history?: HistoryChange) => void

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
  const search = useSearchParams()
  const parsed = useMemo(
    () => resolveView(parseView(new URLSearchParams(search)), namespace, schema),
    [search, namespace, schema],
  )
  const changeView = useCallback<ChangeView>(
    (change, history = 'push') => {
      changeAddress((current) => {
        const { view } = resolveView(parseView(current), namespace, schema)
        return toSearch({ ...view, ...change })
      }, history)
    },
    [namespace, schema],
  )

  return { ...parsed, changeView }
}

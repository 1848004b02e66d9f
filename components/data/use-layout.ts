'use client'

import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import type { GridLayout } from '@/components/grid/grid-layout'
import { useApp } from '@/components/shell/acting'
import type { NamespaceView } from '@/lib/model/namespace-view'
import { layoutOf, parseKeptLayout } from './kept-layout'
import type { ChangeView } from './use-view'

interface LayoutOptions {
  readonly namespace: string
  readonly columnIds: readonly string[]
  readonly view: NamespaceView
  readonly changeView: ChangeView
}

const changed = 'understudy:layout'

/**
 * How a namespace's columns are laid out. The address says it as far as it goes, so that a link shows
 * the same to everybody; the browser keeps all of it for the next visit.
 */
export function useLayout({ namespace, columnIds, view, changeView }: LayoutOptions) {
  const { appId } = useApp()
  const key = `understudy:layout:${appId}:${namespace}`
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    // The server knows nothing of it; the browser follows at once.
    () => null,
  )
  const { order, hidden, widths } = view
  const address = useMemo(() => ({ order, hidden, widths }), [order, hidden, widths])
  const told = useMemo(
    () => layoutOf(address, parseKeptLayout(text), columnIds),
    [address, text, columnIds],
  )
  // The address follows a change a moment later. Until then, what was asked for is shown.
  const [ahead, setAhead] = useState<{ of: typeof address; layout: GridLayout } | null>(null)
  const layout = ahead?.of === address ? ahead.layout : told
  const changeLayout = useCallback(
    (next: GridLayout) => {
      setAhead({ of: address, layout: next })
      localStorage.setItem(key, JSON.stringify(next))
      window.dispatchEvent(new Event(changed))
      changeView({ order: next.order, hidden: next.hidden, widths: next.widths }, 'replace')
    },
    [key, changeView, address],
  )
  return { layout, changeLayout }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(changed, onChange)
  window.addEventListener('storage', onChange)
  return () => {
    window.removeEventListener(changed, onChange)
    window.removeEventListener('storage', onChange)
  }
}

'use client'

import { useMemo, useSyncExternalStore } from 'react'

interface Pins {
  readonly pinned: ReadonlySet<string>
  readonly toggle: (namespace: string) => void
}

const listeners = new Set<() => void>()

/** The namespaces of an app that stand first in this browser. */
export function usePinnedNamespaces(appId: string): Pins {
  const key = `understudy:pinned:${appId}`
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key) ?? '[]',
    () => '[]',
  )
  return useMemo(() => {
    const names = parse(text)
    return {
      pinned: new Set(names),
      toggle: (namespace) => {
        const others = names.filter((name) => name !== namespace)
        const next = others.length < names.length ? others : [...names, namespace]
        localStorage.setItem(key, JSON.stringify(next))
        for (const listener of listeners) listener()
      },
    }
  }, [key, text])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // Another tab.
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** Whatever else may stand under the key, from a person or an older version, pins nothing. */
function parse(text: string): readonly string[] {
  const names = tryParse(text)
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}

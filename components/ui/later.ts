'use client'

import { useEffect, useSyncExternalStore } from 'react'

/** A module that comes when it is first wanted, once. */
export interface Later<M> {
  /** Fetches it. What could not be fetched is tried again by the next call. */
  readonly load: () => Promise<M>
  /** It, or null as long as it is not there. */
  readonly current: () => M | null
}

const listeners = new Set<() => void>()
/** What was wanted, could not be fetched, and has not come since. */
const failed = new Set<Later<unknown>>()

function onChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell() {
  for (const listener of listeners) listener()
}

export function createLater<M>(fetchModule: () => Promise<M>): Later<M> {
  let module: M | null = null
  let loading: Promise<M> | null = null

  async function fetchOnce(): Promise<M> {
    try {
      module = await fetchModule()
      failed.delete(later)
      tell()
      return module
    } finally {
      loading = null
    }
  }
  const later: Later<M> = {
    load: async () => {
      if (module) return module
      loading ??= fetchOnce()
      return loading
    },
    current: () => module,
  }
  return later
}

/**
 * The module, or null as long as it is not there. It is fetched once it is wanted, and is drawn as soon as
 * it is there: behind a boundary of React's it could come a third of a second later.
 */
export function useLater<M>(later: Later<M>, isWanted: boolean): M | null {
  useEffect(() => {
    if (!isWanted) return
    later.load().catch((error: unknown) => {
      console.error(error)
      failed.add(later)
      tell()
    })
  }, [later, isWanted])
  return useSyncExternalStore(onChange, later.current, () => null)
}

/** Whether something that was wanted could not be fetched. */
export function useLaterFailed(): boolean {
  return useSyncExternalStore(
    onChange,
    () => failed.size > 0,
    () => false,
  )
}

/** Says no more of what could not be fetched. */
export function forgetFailures(): void {
  failed.clear()
  tell()
}

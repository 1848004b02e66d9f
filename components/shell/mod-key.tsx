'use client'

import { useSyncExternalStore } from 'react'

/** The key that goes with Enter to run: ⌘ on a Mac, else Ctrl. */
export function ModKey() {
  return useSyncExternalStore(never, nameHere, () => 'Ctrl')
}

function nameHere(): string {
  return /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl'
}

function never(): () => void {
  return () => undefined
}

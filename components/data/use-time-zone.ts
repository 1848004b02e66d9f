'use client'

import { useSyncExternalStore } from 'react'

/** The reader's time zone. In HTML from the server, which does not know it, UTC. */
export function useTimeZone(): string {
  return useSyncExternalStore(never, zoneHere, () => 'UTC')
}

const never = () => () => {}

function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

'use client'

import { useCallback } from 'react'
import { type AppRef, admin } from '@/lib/model/identity'
import { useApp } from './acting'

/** As whom another app is looked at when one goes there: users are an app's own, guests are not. */
export function useIdentityIn(): (appId: string) => AppRef {
  const acting = useApp()
  return useCallback(
    (appId) => {
      if (appId === acting.appId) return acting
      // Real writes are decided on for one app: in the next they are dry runs again.
      return { appId, as: acting.as.kind === 'guest' ? acting.as : admin }
    },
    [acting],
  )
}

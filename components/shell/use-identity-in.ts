'use client'

import { useCallback } from 'react'
import { type AppRef, admin } from '@/lib/model/identity'
import { useApp } from './acting'

/** As whom another app is looked at when one goes there: users are an app's own, guests are not. */
export function useIdentityIn(): (appId: string) => AppRef {
  const acting = useApp()
  return useCallback(
    (appId) => {
      const isKept = appId === acting.appId || acting.as.kind === 'guest'
      return { appId, as: isKept ? acting.as : admin }
    },
    [acting],
  )
}

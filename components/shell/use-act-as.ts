'use client'

import { usePathname } from 'next/navigation'
import { useCallback } from 'react'
import type { Identity } from '@/lib/model/identity'
import { withActor } from '@/lib/model/routes'
import { useApp } from './acting'
import { rememberUser } from './recent-users'

/**
 * Acts as somebody from here on: the same page, as they see it. Back acts as before. Real writes are
 * decided on for one identity: as the next they are dry runs again.
 */
export function useActAs(): (as: Identity) => void {
  const { appId, mode } = useApp()
  const path = usePathname()
  return useCallback(
    (as) => {
      if (as.kind === 'user') rememberUser(appId, as.id)
      const search = new URLSearchParams(window.location.search)
      const actor = { as, mode: mode === 'view' ? mode : 'dry' } as const
      window.history.pushState(null, '', withActor(path, search, actor))
    },
    [appId, mode, path],
  )
}

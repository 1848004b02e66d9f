'use client'

import { usePathname } from 'next/navigation'
import { useCallback } from 'react'
import type { Identity } from '@/lib/model/identity'
import { withIdentity } from '@/lib/model/routes'
import { useApp } from './acting'
import { rememberUser } from './recent-users'

/** Acts as somebody from here on: the same page, as they see it. Back acts as before. */
export function useActAs(): (as: Identity) => void {
  const { appId } = useApp()
  const path = usePathname()
  return useCallback(
    (as) => {
      if (as.kind === 'user') rememberUser(appId, as.id)
      const search = new URLSearchParams(window.location.search)
      window.history.pushState(null, '', withIdentity(path, search, as))
    },
    [appId, path],
  )
}

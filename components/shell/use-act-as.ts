'use client'

import { usePathname } from 'next/navigation'
import { useCallback } from 'react'
import { parseActing } from '@/lib/model/acting'
import type { Identity } from '@/lib/model/identity'
import { withActor } from '@/lib/model/routes'
import { useApp } from './acting'
import { searchInForce, writeAddress } from './address'
import { rememberUser } from './recent-users'

/**
 * Acts as somebody from here on: the same page, as they see it. Back acts as before. Real writes are
 * decided on for one identity: as the next they are dry runs again.
 */
export function useActAs(): (as: Identity) => void {
  const { appId } = useApp()
  const path = usePathname()
  return useCallback(
    (as) => {
      if (as.kind === 'user') rememberUser(appId, as.id)
      const search = searchInForce()
      const mode = parseActing(appId, search)?.mode === 'view' ? 'view' : 'dry'
      writeAddress(withActor(path, search, { as, mode }), 'push')
    },
    [appId, path],
  )
}

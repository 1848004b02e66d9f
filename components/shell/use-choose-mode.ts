'use client'

import { usePathname } from 'next/navigation'
import { useCallback } from 'react'
import { parseActing } from '@/lib/model/acting'
import { withActor } from '@/lib/model/routes'
import type { WriteMode } from '@/lib/model/write-mode'
import { useApp } from './acting'
import { searchInForce, writeAddress } from './address'

/** Decides what becomes of writes from here on, as the identity there is. Back decides as before. */
export function useChooseMode(): (mode: WriteMode) => void {
  const { appId } = useApp()
  const path = usePathname()
  return useCallback(
    (mode) => {
      const search = searchInForce()
      // As whom the address says, which may be another than was last drawn.
      const app = parseActing(appId, search)
      if (app) writeAddress(withActor(path, search, { ...app, mode }), 'push')
    },
    [appId, path],
  )
}

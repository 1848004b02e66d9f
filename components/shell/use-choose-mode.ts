'use client'

import { usePathname } from 'next/navigation'
import { useCallback } from 'react'
import { withActor } from '@/lib/model/routes'
import type { WriteMode } from '@/lib/model/write-mode'
import { useApp } from './acting'

/** Decides what becomes of writes from here on, as the identity there is. Back decides as before. */
export function useChooseMode(): (mode: WriteMode) => void {
  const { as } = useApp()
  const path = usePathname()
  return useCallback(
    (mode) => {
      const search = new URLSearchParams(window.location.search)
      window.history.pushState(null, '', withActor(path, search, { as, mode }))
    },
    [as, path],
  )
}

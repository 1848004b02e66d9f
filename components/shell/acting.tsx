'use client'

import { useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { must } from '@/lib/base/must'
import { type ActingApp, parseActing } from '@/lib/model/acting'
import { identityParam } from '@/lib/model/identity'
import { modeParam } from '@/lib/model/write-mode'
import { useDrawnAddress } from './address'
import { UnknownIdentity } from './unknown-identity'

const AppContext = createContext<ActingApp | null>(null)

interface ActingProps {
  readonly appId: string
  readonly children: ReactNode
}

/**
 * Reads from the address, once for everything below, as whom the app is looked at and what becomes of
 * writes. An address that says something else than an identity gets no page at all: nothing below runs,
 * least of all as admin.
 */
export function Acting({ appId, children }: ActingProps) {
  useDrawnAddress()
  const search = new URLSearchParams(useSearchParams())
  // Only what says so: a page that changes the rest of its address is the same app to all below.
  const said = [identityParam, modeParam].flatMap((name) =>
    search.getAll(name).map((value) => [name, value]),
  )
  const text = new URLSearchParams(said).toString()
  const app = useMemo(() => parseActing(appId, new URLSearchParams(text)), [appId, text])

  if (!app) return <UnknownIdentity appId={appId} />
  return <AppContext value={app}>{children}</AppContext>
}

/** The app in view, as whom it is looked at, and what becomes of writes. The same object until one changes. */
export function useApp(): ActingApp {
  return must(use(AppContext), 'every page of an app is inside Acting')
}

'use client'

import { useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { must } from '@/lib/base/must'
import { type AppRef, pageIdentity, parseIdentityText, toIdentityText } from '@/lib/model/identity'
import { UnknownIdentity } from './unknown-identity'

const AppContext = createContext<AppRef | null>(null)

interface ActingProps {
  readonly appId: string
  readonly children: ReactNode
}

/**
 * Reads from the address, once for everything below, as whom the app is looked at. An address that
 * says something else than an identity gets no page at all: nothing below runs, least of all as admin.
 */
export function Acting({ appId, children }: ActingProps) {
  const identity = pageIdentity(new URLSearchParams(useSearchParams()))
  const text = identity && toIdentityText(identity)
  const app = useMemo(() => {
    const as = text === null ? null : parseIdentityText(text)
    return as && { appId, as }
  }, [appId, text])

  if (!app) return <UnknownIdentity appId={appId} />
  return <AppContext value={app}>{children}</AppContext>
}

/** The app in view, and as whom it is looked at. The same object until one of the two changes. */
export function useApp(): AppRef {
  return must(use(AppContext), 'every page of an app is inside Acting')
}

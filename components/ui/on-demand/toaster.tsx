'use client'

import { useEffect } from 'react'
import { Toaster as Sonner } from 'sonner'

export { toast } from 'sonner'

interface ToasterProps {
  readonly theme: 'light' | 'dark' | 'system'
  /** Called when toasts appear: what is sent to it before gets lost. */
  readonly onReady: () => void
}

export function Toaster({ theme, onReady }: ToasterProps) {
  useEffect(onReady, [onReady])
  return (
    <Sonner theme={theme} position="bottom-center" toastOptions={{ className: 'font-sans!' }} />
  )
}

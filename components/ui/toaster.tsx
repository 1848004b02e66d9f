'use client'

import { useEffect } from 'react'
import type { ExternalToast } from 'sonner'
import { useLater } from './later'
import { onDemand } from './on-demand'
import { useFirstSign } from './use-first-sign'

let becomeReady = () => {}
const ready = new Promise<void>((resolve) => {
  becomeReady = resolve
})

/** Where short confirmations appear. Errors do not go here: they stay beside what failed. */
export function Toaster({ theme }: { theme: 'light' | 'dark' | 'system' }) {
  const hasBegun = useFirstSign()
  const parts = useLater(onDemand, false)
  useEffect(() => {
    // Nobody has asked for anything yet: whatever opens tries again, and says if it fails.
    if (hasBegun) onDemand.load().catch(console.error)
  }, [hasBegun])
  return parts && <parts.Toaster theme={theme} onReady={becomeReady} />
}

interface ToastOptions extends Pick<ExternalToast, 'action'> {
  /** Whether it says that something was done, and gets a tick. */
  readonly isDone?: boolean
}

/** Shows a short confirmation. */
export function toast(text: string, { isDone = false, ...options }: ToastOptions = {}): void {
  Promise.all([onDemand.load(), ready]).then(
    ([{ toast }]) => (isDone ? toast.success(text, options) : toast(text, options)),
    console.error,
  )
}

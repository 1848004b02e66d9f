'use client'

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
  const parts = useLater(onDemand, useFirstSign())
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

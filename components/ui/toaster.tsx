'use client'

import { Toaster as Sonner, toast } from 'sonner'

/** Where short confirmations appear. Errors do not go here: they stay beside what failed. */
export function Toaster({ theme }: { theme: 'light' | 'dark' | 'system' }) {
  return (
    <Sonner theme={theme} position="bottom-center" toastOptions={{ className: 'font-sans!' }} />
  )
}

export { toast }

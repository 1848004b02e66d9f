'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { ThemedToaster } from '@/components/shell/themed-toaster'
import { LaterNote } from '@/components/ui/later-note'
import { TooltipProvider } from '@/components/ui/tooltip'
import { getQueryClient } from '@/lib/queries/query-client'

interface ProvidersProps {
  readonly nonce: string | undefined
  readonly children: ReactNode
}

export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryClientProvider client={getQueryClient()}>
        <TooltipProvider delay={400}>{children}</TooltipProvider>
        <ThemedToaster />
        <LaterNote />
      </QueryClientProvider>
    </ThemeProvider>
  )
}

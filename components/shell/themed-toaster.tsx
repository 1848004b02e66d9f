'use client'

import { useTheme } from 'next-themes'
import { Toaster } from '@/components/ui/toaster'

export function ThemedToaster() {
  const { theme } = useTheme()
  return <Toaster theme={theme === 'light' || theme === 'dark' ? theme : 'system'} />
}

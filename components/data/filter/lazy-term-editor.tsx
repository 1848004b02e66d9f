'use client'

import dynamic from 'next/dynamic'
import { LoadingState } from '@/components/shell/states'

/** Comes with the first condition that is written or changed. */
export const TermEditor = dynamic(
  () => import('./term-editor').then(({ TermEditor }) => TermEditor),
  { ssr: false, loading: () => <LoadingState lines={4} /> },
)

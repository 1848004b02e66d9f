'use client'

import { useQuery } from '@tanstack/react-query'
import type { AppSummary } from '@/lib/model/app'
import { titleQuery } from '@/lib/queries/schema'

/** An app's title: its connection's, or else what its backend calls it. */
export function AppTitle({ app }: { app: AppSummary }) {
  const { data: title } = useQuery({ ...titleQuery(app.id), enabled: app.title === null })
  return app.title ?? title ?? 'App'
}

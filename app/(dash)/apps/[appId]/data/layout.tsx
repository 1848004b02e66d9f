import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { DataFrame } from '@/components/data/data-frame'
import { forFirstPaint } from '@/lib/data/first-paint'
import { readSchema } from '@/lib/data/schema'
import { currentViewer } from '@/lib/data/viewer'
import { getQueryClient } from '@/lib/queries/query-client'
import { schemaQuery } from '@/lib/queries/schema'

export default async function DataLayout({ children, params }: LayoutProps<'/apps/[appId]/data'>) {
  const [viewer, { appId }] = await Promise.all([currentViewer(), params])
  const queryClient = getQueryClient()
  await forFirstPaint([
    queryClient.query({ ...schemaQuery(appId), queryFn: () => readSchema(viewer, { appId }) }),
  ])

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <DataFrame appId={appId}>{children}</DataFrame>
    </HydrationBoundary>
  )
}

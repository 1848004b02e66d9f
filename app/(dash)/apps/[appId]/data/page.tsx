import { redirect } from 'next/navigation'
import { FirstNamespace } from '@/components/data/first-namespace'
import { forFirstPaint } from '@/lib/data/first-paint'
import { readSchema } from '@/lib/data/schema'
import { currentViewer } from '@/lib/data/viewer'
import { pages } from '@/lib/model/routes'
import { getQueryClient } from '@/lib/queries/query-client'
import { schemaQuery } from '@/lib/queries/schema'

export const metadata = { title: 'Data' }

/** Goes on to the first namespace: here when the schema comes at once, or else in the browser. */
export default async function DataPage({ params }: PageProps<'/apps/[appId]/data'>) {
  const [viewer, { appId }] = await Promise.all([currentViewer(), params])
  const queryClient = getQueryClient()
  const query = schemaQuery(appId)
  await forFirstPaint([
    queryClient.query({ ...query, queryFn: () => readSchema(viewer, { appId }) }),
  ])
  const first = queryClient.getQueryData(query.queryKey)?.namespaces[0]
  if (first) redirect(pages.data(appId, first.name))
  return <FirstNamespace appId={appId} />
}

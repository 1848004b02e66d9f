import { redirect } from 'next/navigation'
import { FirstNamespace } from '@/components/data/first-namespace'
import { forFirstPaint } from '@/lib/data/first-paint'
import { readSchema } from '@/lib/data/schema'
import { currentViewer } from '@/lib/data/viewer'
import { parseActing } from '@/lib/model/acting'
import { pages, toSearchParams } from '@/lib/model/routes'
import { getQueryClient } from '@/lib/queries/query-client'
import { schemaQuery } from '@/lib/queries/schema'

/** Goes on to the first namespace: here when the schema comes at once, or else in the browser. */
export default async function DataPage({ params, searchParams }: PageProps<'/apps/[appId]/data'>) {
  const [viewer, { appId }, search] = await Promise.all([currentViewer(), params, searchParams])
  const app = parseActing(appId, toSearchParams(search))
  const queryClient = getQueryClient()
  const query = schemaQuery(appId)
  await forFirstPaint([
    queryClient.query({ ...query, queryFn: () => readSchema(viewer, { appId }) }),
  ])
  const first = queryClient.getQueryData(query.queryKey)?.namespaces[0]
  if (first && app) redirect(pages.data(app, first.name))
  return <FirstNamespace appId={appId} />
}

import { dehydrate, HydrationBoundary, noop } from '@tanstack/react-query'
import { NamespaceRecords } from '@/components/data/namespace-records'
import { forFirstPaint, ifAtOnce } from '@/lib/data/first-paint'
import { readCount, readRecords } from '@/lib/data/records'
import { readCounts, readSchema } from '@/lib/data/schema'
import { currentViewer } from '@/lib/data/viewer'
import { toAskedFilter } from '@/lib/model/filter/asked-filter'
import { pageIdentity } from '@/lib/model/identity'
import { parseView, resolveView } from '@/lib/model/namespace-view'
import { recordsAsked } from '@/lib/model/records-asked'
import { decodeSegment, toSearchParams } from '@/lib/model/routes'
import { findNamespace } from '@/lib/model/schema'
import { getQueryClient } from '@/lib/queries/query-client'
import { countQuery, recordsQuery } from '@/lib/queries/records'
import { countsQuery, schemaQuery } from '@/lib/queries/schema'

type Props = PageProps<'/apps/[appId]/data/[namespace]'>

export default async function NamespacePage({ params, searchParams }: Props) {
  const [viewer, { appId, namespace: segment }, search] = await Promise.all([
    currentViewer(),
    params,
    searchParams,
  ])
  const name = decodeSegment(segment)
  const queryClient = getQueryClient()
  const schema = await queryClient
    .query({ ...schemaQuery(appId), queryFn: () => readSchema(viewer, { appId }) })
    .catch(noop)
  const namespace = schema && findNamespace(schema, name)
  const address = toSearchParams(search)
  const as = pageIdentity(address)

  if (namespace && as) {
    const { view } = resolveView(parseView(address), namespace, schema)
    const { where } = toAskedFilter(view, { namespace, schema })
    const app = { appId, as }
    const request = recordsAsked(app, { namespace: name, view, where })
    await forFirstPaint([
      queryClient.infiniteQuery({
        ...recordsQuery(request),
        queryFn: () => readRecords(viewer, request),
      }),
    ])
    // After the records, for a backend that does one thing at a time; and of many these take long.
    await ifAtOnce([
      queryClient.query({ ...countsQuery(app), queryFn: () => readCounts(viewer, app) }),
      queryClient.query({ ...countQuery(request), queryFn: () => readCount(viewer, request) }),
    ])
  }

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <NamespaceRecords appId={appId} name={name} />
    </HydrationBoundary>
  )
}

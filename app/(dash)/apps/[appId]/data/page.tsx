import { noop } from '@tanstack/react-query'
import { redirect } from 'next/navigation'
import { NoNamespaces } from '@/components/data/no-namespaces'
import { readSchema } from '@/lib/data/schema'
import { currentViewer } from '@/lib/data/viewer'
import { pages } from '@/lib/model/routes'
import { getQueryClient } from '@/lib/queries/query-client'
import { schemaQuery } from '@/lib/queries/schema'

export const metadata = { title: 'Data' }

/** Goes on to the first namespace. The frame around it says when the schema cannot be read. */
export default async function DataPage({ params }: PageProps<'/apps/[appId]/data'>) {
  const [viewer, { appId }] = await Promise.all([currentViewer(), params])
  const schema = await getQueryClient()
    .query({ ...schemaQuery(appId), queryFn: () => readSchema(viewer, { appId }) })
    .catch(noop)
  const first = schema?.namespaces[0]
  if (first) redirect(pages.data(appId, first.name))
  return <NoNamespaces />
}

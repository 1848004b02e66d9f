import { QueryPage } from '@/components/query/query-page'

export default async function Page({ params }: PageProps<'/apps/[appId]/query'>) {
  const { appId } = await params
  return <QueryPage appId={appId} />
}

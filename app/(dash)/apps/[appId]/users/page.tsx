import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { UsersPage } from '@/components/users/users-page'
import { forFirstPaint } from '@/lib/data/first-paint'
import { readUsers } from '@/lib/data/users'
import { currentViewer } from '@/lib/data/viewer'
import { toSearchParams } from '@/lib/model/routes'
import { usersPageSize } from '@/lib/model/user'
import { parseUsersView } from '@/lib/model/users-view'
import { getQueryClient } from '@/lib/queries/query-client'
import { usersQuery } from '@/lib/queries/users'

export default async function Page({ params, searchParams }: PageProps<'/apps/[appId]/users'>) {
  const [viewer, { appId }, address] = await Promise.all([currentViewer(), params, searchParams])
  const { search, page } = parseUsersView(toSearchParams(address)).view
  const request = { appId, search, page, size: usersPageSize }
  const queryClient = getQueryClient()
  await forFirstPaint([
    queryClient.query({ ...usersQuery(request), queryFn: () => readUsers(viewer, request) }),
  ])

  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <UsersPage />
    </HydrationBoundary>
  )
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { UserRequest, UsersRequest } from '@/lib/model/requests/user'
import { api } from '@/lib/model/routes'
import type { CreationTimes, UserDetail, UserSummary, UsersPage } from '@/lib/model/user'
import { askJson, readJson } from './read-json'

/** Users are managed as admin, so no identity is part of these keys. */
export const userKeys = {
  app: (appId: string) => ['app', appId, 'users'] as const,
  page: (request: UsersRequest) => [...userKeys.app(request.appId), 'page', request] as const,
  created: (appId: string, ids: readonly string[]) =>
    [...userKeys.app(appId), 'created', ids] as const,
  user: ({ appId, id }: UserRequest) => [...userKeys.app(appId), 'user', id] as const,
  summary: ({ appId, id }: UserRequest) => [...userKeys.app(appId), 'summary', id] as const,
}

export function usersQuery(request: UsersRequest) {
  const { appId, ...question } = request
  return queryOptions({
    queryKey: userKeys.page(request),
    queryFn: ({ signal }) => askJson<UsersPage>(api.users(appId), question, signal),
    placeholderData: keepPreviousData,
  })
}

/** A creation time never changes, so what is known is not asked for again. */
export function creationTimesQuery(appId: string, ids: readonly string[]) {
  return queryOptions({
    queryKey: userKeys.created(appId, ids),
    queryFn: ({ signal }) => readJson<CreationTimes>(api.creationTimes(appId, ids), signal),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: ids.length > 0,
  })
}

export function userQuery(request: UserRequest) {
  return queryOptions({
    queryKey: userKeys.user(request),
    queryFn: ({ signal }) => readJson<UserDetail>(api.user(request.appId, request.id), signal),
  })
}

/** What names a user: for saying as whom the dashboard acts. */
export function userSummaryQuery({ appId, id }: UserRequest) {
  return queryOptions({
    queryKey: userKeys.summary({ appId, id }),
    queryFn: ({ signal }) => readJson<UserSummary>(api.userSummary(appId, id), signal),
    staleTime: 30_000,
  })
}

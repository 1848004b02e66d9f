import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { RecordDetail, RecordRequest, RecordsPage, RecordsRequest } from '@/lib/model/record'
import { api } from '@/lib/model/routes'
import { readJson } from './read-json'

type NamespaceRef = Pick<RecordsRequest, 'appId' | 'namespace'>

export const recordKeys = {
  app: (appId: string) => ['app', appId, 'records'] as const,
  namespace: ({ appId, namespace }: NamespaceRef) => [...recordKeys.app(appId), namespace] as const,
  count: (ref: NamespaceRef) => [...recordKeys.namespace(ref), 'count'] as const,
  page: (request: RecordsRequest) => [...recordKeys.namespace(request), 'page', request] as const,
  record: (request: RecordRequest) =>
    [...recordKeys.namespace(request), 'record', request.id] as const,
}

export function recordsQuery(request: RecordsRequest) {
  const { appId, namespace, sort, direction, page, size } = request
  const search = new URLSearchParams({ sort, direction, page: `${page}`, size: `${size}` })
  return queryOptions({
    queryKey: recordKeys.page(request),
    queryFn: ({ signal }) => readJson<RecordsPage>(api.records(appId, namespace, search), signal),
    // The page before stays while its neighbour loads, but not under another namespace's columns.
    placeholderData: (data, query) =>
      query?.queryKey[3] === namespace ? keepPreviousData(data) : undefined,
  })
}

/** All records of a namespace; null is unknown. */
export function countQuery({ appId, namespace }: NamespaceRef) {
  return queryOptions({
    queryKey: recordKeys.count({ appId, namespace }),
    queryFn: ({ signal }) => readJson<number | null>(api.count(appId, namespace), signal),
  })
}

export function recordQuery({ appId, namespace, id }: RecordRequest) {
  return queryOptions({
    queryKey: recordKeys.record({ appId, namespace, id }),
    queryFn: ({ signal }) => readJson<RecordDetail>(api.record(appId, namespace, id), signal),
  })
}

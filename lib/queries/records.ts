import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Count } from '@/lib/model/count'
import { toIdentityText } from '@/lib/model/identity'
import type { RecordDetail, RecordRequest, RecordsPage, RecordsRequest } from '@/lib/model/record'
import { api } from '@/lib/model/routes'
import { readJson } from './read-json'

type NamespaceRef = Pick<RecordsRequest, 'appId' | 'as' | 'namespace'>

export const recordKeys = {
  app: (appId: string) => ['app', appId, 'records'] as const,
  // As whom comes first: what one identity saw is never shown to another.
  namespace: ({ appId, as, namespace }: NamespaceRef) =>
    [...recordKeys.app(appId), toIdentityText(as), namespace] as const,
  count: (ref: NamespaceRef) => [...recordKeys.namespace(ref), 'count'] as const,
  page: (request: RecordsRequest) => [...recordKeys.namespace(request), 'page', request] as const,
  record: (request: RecordRequest) =>
    [...recordKeys.namespace(request), 'record', request.id] as const,
}

export function recordsQuery(request: RecordsRequest) {
  const { namespace } = request
  return queryOptions({
    queryKey: recordKeys.page(request),
    queryFn: ({ signal }) =>
      readJson<RecordsPage>(api.records(request, namespace, pageSearch(request)), signal),
    // The page before stays while its neighbour loads, but not under another namespace's
    // columns, and not under another identity.
    placeholderData: (data, query) =>
      query && isOf(query.queryKey, request) ? keepPreviousData(data) : undefined,
  })
}

/** The address of the stream that tells of changes to a page. */
export function changesUrl(request: RecordsRequest): string {
  return api.changes(request, request.namespace, pageSearch(request))
}

function pageSearch({ sort, direction, page, size }: RecordsRequest): URLSearchParams {
  return new URLSearchParams({ sort, direction, page: `${page}`, size: `${size}` })
}

/** All records of a namespace; null is unknown. */
export function countQuery(ref: NamespaceRef) {
  return queryOptions({
    queryKey: recordKeys.count(ref),
    queryFn: ({ signal }) => readJson<Count | null>(api.count(ref, ref.namespace), signal),
  })
}

export function recordQuery(request: RecordRequest) {
  const { namespace, id } = request
  return queryOptions({
    queryKey: recordKeys.record(request),
    queryFn: ({ signal }) => readJson<RecordDetail>(api.record(request, namespace, id), signal),
  })
}

function isOf(queryKey: readonly unknown[], ref: NamespaceRef): boolean {
  return recordKeys.namespace(ref).every((part, index) => part === queryKey[index])
}

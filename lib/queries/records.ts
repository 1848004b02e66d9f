import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryKey,
  queryOptions,
  replaceEqualDeep,
} from '@tanstack/react-query'
import type { JsonObject } from '@/lib/base/json'
import type { Count } from '@/lib/model/count'
import { toIdentityText } from '@/lib/model/identity'
import type { RecordDetail, RecordsPage } from '@/lib/model/record'
import type { CountRequest, RecordRequest, RecordsRequest } from '@/lib/model/requests/record'
import { api } from '@/lib/model/routes'
import { readJson } from './read-json'

type NamespaceRef = Pick<RecordsRequest, 'appId' | 'as' | 'namespace'>

export const recordKeys = {
  app: (appId: string) => ['app', appId, 'records'] as const,
  // As whom comes first: what one identity saw is never shown to another.
  namespace: ({ appId, as, namespace }: NamespaceRef) =>
    [...recordKeys.app(appId), toIdentityText(as), namespace] as const,
  count: ({ where, ...ref }: CountRequest) =>
    [...recordKeys.namespace(ref), 'count', where ?? null] as const,
  page: (request: RecordsRequest) => [...recordKeys.namespace(request), 'page', request] as const,
  record: (request: RecordRequest) =>
    [...recordKeys.namespace(request), 'record', request.id] as const,
}

/** One of the pages that follow each other. */
interface PagePart {
  readonly page: number
  /** Where it begins, when the page before told it; else it is found by its number. */
  readonly after: string | null
  /** The first page is read by a query, which costs least; what follows also tells where it ends. */
  readonly isWalk: boolean
}

/** How many records of the pages around are kept, and read again when something changed. */
const recordsKept = 2000

/** Pages of records from the page of the request on, and back from it. */
export function recordsQuery(request: RecordsRequest) {
  const { namespace, page, size } = request
  const first: PagePart = { page, after: null, isWalk: false }
  return infiniteQueryOptions<
    RecordsPage,
    Error,
    InfiniteData<RecordsPage, PagePart>,
    QueryKey,
    PagePart
  >({
    queryKey: recordKeys.page(request),
    queryFn: ({ signal, pageParam }) =>
      readJson<RecordsPage>(
        api.records(request, namespace, partSearch(request, pageParam)),
        signal,
      ),
    initialPageParam: first,
    getNextPageParam: (last, _pages, part) =>
      (last.hasNext ?? last.records.length === size)
        ? { page: part.page + 1, after: last.cursor, isWalk: true }
        : null,
    getPreviousPageParam: (_first, _pages, part) =>
      part.page > 1 ? { page: part.page - 1, after: null, isWalk: false } : null,
    structuralSharing: shareParts,
    maxPages: Math.max(3, Math.ceil(recordsKept / size)),
    // The page before stays while its neighbour loads, but not under another namespace's
    // columns, and not under another identity.
    placeholderData: (data, query) =>
      query && isOf(query.queryKey, request) ? keepPreviousData(data) : undefined,
  })
}

/**
 * What is read again shares with what it was read as before. When a page is added, the others are the same
 * objects as they are: compared place by place, where each has moved on by one, they would all be copied.
 */
function shareParts(before: unknown, now: unknown): unknown {
  return partsOf(before) === partsOf(now) ? replaceEqualDeep(before, now) : now
}

function partsOf(data: unknown): string | null {
  const hasParts = typeof data === 'object' && data !== null && 'pageParams' in data
  return hasParts ? JSON.stringify(data.pageParams) : null
}

/** The address of the stream that tells of changes to a page. */
export function changesUrl(request: RecordsRequest): string {
  return api.changes(request, request.namespace, pageSearch(request))
}

function pageSearch(request: RecordsRequest): URLSearchParams {
  const { sort, direction, page, size, where, isCompared } = request
  const search = whereSearch(where)
  if (isCompared) search.set('isCompared', 'true')
  for (const [name, value] of Object.entries({ sort, direction, page, size })) {
    search.set(name, `${value}`)
  }
  return search
}

function whereSearch(where: JsonObject | undefined): URLSearchParams {
  return new URLSearchParams(where && { where: JSON.stringify(where) })
}

function partSearch(request: RecordsRequest, { page, after, isWalk }: PagePart) {
  const search = pageSearch({ ...request, page })
  if (isWalk) search.set('isWalk', 'true')
  if (after !== null) search.set('after', after)
  return search
}

/** How many records meet the request; null is unknown. */
export function countQuery({ appId, as, namespace, where }: CountRequest) {
  const request = { appId, as, namespace, where }
  const url = api.count(request, namespace, whereSearch(where))
  return queryOptions({
    queryKey: recordKeys.count(request),
    queryFn: ({ signal }) => readJson<Count | null>(url, signal),
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

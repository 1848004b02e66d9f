import { queryOptions } from '@tanstack/react-query'
import type { LinkedOfRecords } from '@/lib/model/linked'
import type { LinkedRequest } from '@/lib/model/requests/linked'
import { api } from '@/lib/model/routes'
import { readJson } from './read-json'
import { recordKeys } from './records'

/** The targets of one link of some records, for their cells. */
export function linkedQuery(request: LinkedRequest) {
  const { namespace, label, ids } = request
  const search = new URLSearchParams({ label, ids: ids.join(',') })
  return queryOptions({
    queryKey: [...recordKeys.namespace(request), 'linked', label, ids] as const,
    queryFn: ({ signal }) =>
      readJson<LinkedOfRecords>(api.linked(request, namespace, search), signal),
    staleTime: 30_000,
  })
}

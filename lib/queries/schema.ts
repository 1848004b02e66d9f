import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/model/routes'
import type { AppSchema } from '@/lib/model/schema'
import { readJson } from './read-json'

export const schemaKeys = {
  schema: (appId: string) => ['app', appId, 'schema'] as const,
  counts: (appId: string) => ['app', appId, 'counts'] as const,
}

export function schemaQuery(appId: string) {
  return queryOptions({
    queryKey: schemaKeys.schema(appId),
    queryFn: ({ signal }) => readJson<AppSchema>(api.schema(appId), signal),
    staleTime: 30_000,
  })
}

/** Records per namespace; null is unknown. */
export function countsQuery(appId: string) {
  return queryOptions({
    queryKey: schemaKeys.counts(appId),
    queryFn: ({ signal }) =>
      readJson<Readonly<Record<string, number | null>>>(api.counts(appId), signal),
    staleTime: 15_000,
  })
}

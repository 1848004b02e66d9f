import { queryOptions } from '@tanstack/react-query'
import type { Counts } from '@/lib/model/count'
import { type AppRef, toIdentityText } from '@/lib/model/identity'
import { api } from '@/lib/model/routes'
import type { AppSchema } from '@/lib/model/schema'
import { readJson } from './read-json'

export const schemaKeys = {
  title: (appId: string) => ['app', appId, 'title'] as const,
  schema: (appId: string) => ['app', appId, 'schema'] as const,
  allCounts: (appId: string) => ['app', appId, 'counts'] as const,
  counts: ({ appId, as }: AppRef) => [...schemaKeys.allCounts(appId), toIdentityText(as)] as const,
}

export function schemaQuery(appId: string) {
  return queryOptions({
    queryKey: schemaKeys.schema(appId),
    queryFn: ({ signal }) => readJson<AppSchema>(api.schema(appId), signal),
    staleTime: 30_000,
  })
}

/**
 * What the backend calls an app, or null. A query of its own over the schema: who only wants the title
 * is drawn before the page that brings the schema, and must not be the first to ask for that.
 */
export function titleQuery(appId: string) {
  return queryOptions({
    queryKey: schemaKeys.title(appId),
    queryFn: async ({ client }) => (await client.query(schemaQuery(appId))).title,
    staleTime: 30_000,
  })
}

/** Records per namespace; null is unknown. */
export function countsQuery(app: AppRef) {
  return queryOptions({
    queryKey: schemaKeys.counts(app),
    queryFn: ({ signal }) => readJson<Counts>(api.counts(app), signal),
    staleTime: 15_000,
  })
}

'use client'

import { noop, skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApp } from '@/components/shell/acting'
import type { JsonObject } from '@/lib/base/json'
import { type QueryRun, QueryRunError, queryRunKeys, runQueryText } from '@/lib/queries/query-run'

/**
 * Running queries of an app, one at a time. A new run ends the one under way. `last` is the last
 * that worked; `failed` is set while a later one has not.
 */
export function useQueryRun() {
  const app = useApp()
  const queryClient = useQueryClient()
  const { data, error, isFetching } = useQuery<QueryRun>({
    queryKey: queryRunKeys.last(app),
    queryFn: skipToken,
    gcTime: 30 * 60_000,
  })

  const cancel = useCallback(
    () => queryClient.cancelQueries({ queryKey: queryRunKeys.last(app) }),
    [queryClient, app],
  )

  const run = useCallback(
    async (text: string, query: JsonObject) => {
      await cancel()
      const queryKey = queryRunKeys.last(app)
      queryClient
        .fetchQuery({
          queryKey,
          queryFn: ({ signal }) => runQueryText(text, { ...app, query }, signal),
          staleTime: 0,
          gcTime: 30 * 60_000,
          retry: false,
        })
        // The query itself keeps the error.
        .catch(noop)
    },
    [queryClient, app, cancel],
  )

  const failed = error instanceof QueryRunError ? error : null
  return { last: data ?? null, failed, isRunning: isFetching, run, cancel }
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { SplitPane } from '@/components/shell/split-pane'
import { FailedState, LoadingState } from '@/components/shell/states'
import { toFailure } from '@/lib/queries/request-error'
import { schemaQuery } from '@/lib/queries/schema'
import { Workbench } from './workbench'

/** The steps of a transaction beside the same as code and what came of running them. */
export function TransactPage({ appId }: { appId: string }) {
  const { data: schema, error, refetch, isFetching } = useQuery(schemaQuery(appId))
  return (
    <>
      <h1 className="sr-only">Transact</h1>
      {schema ? (
        <Workbench schema={schema} />
      ) : error ? (
        <FailedState
          title="The schema could not be read"
          failure={toFailure(error)}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <SplitPane
          name="transact"
          label="Width of the steps"
          first={<LoadingState lines={8} lineClass="h-11" />}
          second={<LoadingState lines={8} lineClass="h-5" />}
        />
      )}
    </>
  )
}

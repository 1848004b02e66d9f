'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams } from 'next/navigation'
import type { ReactNode } from 'react'
import { FailedState } from '@/components/shell/states'
import { decodeSegment } from '@/lib/model/routes'
import { toFailure } from '@/lib/queries/request-error'
import { schemaQuery } from '@/lib/queries/schema'
import { NamespacePane } from './namespace-pane'
import { PaneSkeleton, RecordsViewSkeleton } from './records-skeleton'

/** The Data page: namespaces on the left, and beside them the page of the one in the address. */
export function DataFrame({ appId, children }: { appId: string; children: ReactNode }) {
  const { data: schema, error, refetch, isFetching } = useQuery(schemaQuery(appId))
  const { namespace } = useParams<{ namespace?: string }>()

  if (!schema && error) {
    return (
      <div className="flex h-full items-center justify-center">
        <h1 className="sr-only">Data</h1>
        <FailedState
          title="The schema could not be read"
          failure={toFailure(error)}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      </div>
    )
  }
  return (
    <div className="flex h-full min-h-0">
      <div className="hidden w-56 shrink-0 border-line border-r bg-canvas md:block">
        {schema ? (
          <NamespacePane
            schema={schema}
            current={namespace === undefined ? null : decodeSegment(namespace)}
          />
        ) : (
          <PaneSkeleton />
        )}
      </div>
      {schema ? children : <RecordsViewSkeleton />}
    </div>
  )
}

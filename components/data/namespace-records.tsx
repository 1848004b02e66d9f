'use client'

import { useQuery } from '@tanstack/react-query'
import { findNamespace } from '@/lib/model/schema'
import { schemaQuery } from '@/lib/queries/schema'
import { RecordsViewSkeleton } from './records-skeleton'
import { RecordsView } from './records-view'
import { UnknownNamespace } from './unknown-namespace'

/** The records of the namespace in the address, or that there is none of that name. */
export function NamespaceRecords({ appId, name }: { appId: string; name: string }) {
  const { data: schema } = useQuery(schemaQuery(appId))
  if (!schema) return <RecordsViewSkeleton />
  const namespace = findNamespace(schema, name)
  if (!namespace) return <UnknownNamespace name={name} schema={schema} />
  return <RecordsView key={name} namespace={namespace} schema={schema} />
}

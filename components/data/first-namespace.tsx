'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useApp } from '@/components/shell/acting'
import { pages } from '@/lib/model/routes'
import { schemaQuery } from '@/lib/queries/schema'
import { NoNamespaces } from './no-namespaces'
import { RecordsViewSkeleton } from './records-skeleton'

/** Goes to the first namespace once the schema is here. */
export function FirstNamespace({ appId }: { appId: string }) {
  const app = useApp()
  const router = useRouter()
  const { data: schema } = useQuery(schemaQuery(appId))
  const first = schema?.namespaces[0]?.name

  useEffect(() => {
    if (first !== undefined) router.replace(pages.data(app, first))
  }, [app, first, router])

  return schema && first === undefined ? <NoNamespaces /> : <RecordsViewSkeleton />
}

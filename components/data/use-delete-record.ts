'use client'

import { hashKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@/components/ui/toaster'
import { deleteRecord } from '@/lib/actions/records'
import type { RecordWrite } from '@/lib/model/requests/record'
import { recordKeys } from '@/lib/queries/records'
import { unwrap } from '@/lib/queries/request-error'
import { schemaKeys } from '@/lib/queries/schema'

/** Deletes a record, or makes a dry run of it. */
export function useDeleteRecord(record: RecordWrite) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async () => unwrap(await deleteRecord(record)),
    onSuccess: ({ kind }) => {
      if (kind === 'tried') return
      toast('Deleted', { isDone: true })
      const gone = hashKey(recordKeys.record(record))
      // Not awaited: the panel closes now and the grid follows. What is gone is not asked for again.
      void queryClient.invalidateQueries({
        queryKey: recordKeys.app(record.appId),
        predicate: ({ queryHash }) => queryHash !== gone,
      })
      void queryClient.invalidateQueries({ queryKey: schemaKeys.allCounts(record.appId) })
    },
  })
}

'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@/components/ui/toaster'
import { changeField } from '@/lib/actions/records'
import type { FieldChange, RecordWrite } from '@/lib/model/requests/record'
import { recordKeys } from '@/lib/queries/records'
import { unwrap } from '@/lib/queries/request-error'

type Change = Pick<FieldChange, 'attribute' | 'value'>

/** Sets one field, or makes a dry run of it. */
export function useChangeField(record: RecordWrite) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (change: Change) => unwrap(await changeField({ ...record, ...change })),
    // Returned, so the editor stays until the page shows what the backend now holds. The whole app's
    // records, because a record's title is shown wherever it is linked.
    onSuccess: async ({ kind }, { attribute }) => {
      if (kind === 'tried') return
      await queryClient.invalidateQueries({ queryKey: recordKeys.app(record.appId) })
      toast(`Saved ${attribute}`, { isDone: true })
    },
  })
}

'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApp } from '@/components/shell/acting'
import { runTransaction } from '@/lib/actions/transactions'
import type { Step, WriteOutcome } from '@/lib/model/transaction'
import type { WriteMode } from '@/lib/model/write-mode'
import { recordKeys } from '@/lib/queries/records'
import { unwrap } from '@/lib/queries/request-error'
import { schemaKeys } from '@/lib/queries/schema'

/** Steps that were run, with the key of the card of each. */
export interface Attempt {
  readonly mode: WriteMode
  /** As whom, as it stands in the address. */
  readonly as: string
  readonly steps: readonly Step[]
  readonly keys: readonly string[]
}

/** Running the steps of an app. The mutation's variables tell what its outcome is of. */
export function useTransaction() {
  const app = useApp()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ mode, steps }: Attempt): Promise<WriteOutcome> =>
      unwrap(await runTransaction({ ...app, mode, steps: [...steps] })),
    onSuccess: ({ kind }) => {
      if (kind === 'tried') return
      void queryClient.invalidateQueries({ queryKey: recordKeys.app(app.appId) })
      void queryClient.invalidateQueries({ queryKey: schemaKeys.allCounts(app.appId) })
    },
  })
}

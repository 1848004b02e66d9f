'use client'

import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Count } from '@/lib/model/count'
import { exactTotal } from '@/lib/model/format-value'
import { admin } from '@/lib/model/identity'
import type { RecordsRequest } from '@/lib/model/requests/record'
import { countQuery } from '@/lib/queries/records'

/** How many records there are: for whom one acts as, for the admin, and whatever the filter. */
export interface Totals {
  readonly seen: UseQueryResult<Count | null>
  /** For the admin. Asked for only while one acts as somebody else. */
  readonly all: UseQueryResult<Count | null>
  /** For the admin, without the filter. Asked for only when nothing matches. */
  readonly unfiltered: UseQueryResult<Count | null>
}

export function useTotals(request: RecordsRequest, isNoMatch: boolean): Totals {
  const asAdmin = { ...request, as: admin }
  return {
    seen: useQuery(countQuery(request)),
    all: useQuery({ ...countQuery(asAdmin), enabled: request.as.kind !== 'admin' }),
    unfiltered: useQuery({
      ...countQuery({ ...asAdmin, where: undefined }),
      enabled: isNoMatch && request.where !== undefined,
    }),
  }
}

/** How many records the rules hide, or null when one of the two numbers is not known for certain. */
export function hiddenOf({ all, seen }: Totals): number | null {
  const there = exactTotal(all.data)
  const shown = exactTotal(seen.data)
  return there === null || shown === null ? null : Math.max(0, there - shown)
}

'use client'

import { useEffect, useMemo, useState } from 'react'
import type { RecordRow } from '@/lib/model/record'
import { differs } from '@/lib/model/sight'
import type { useRecordsWindow } from '../use-records-window'

/** About a screenful: when so many more records that differ are found, looking pauses. */
const foundAtOnce = 25

/** It pauses, too, when it has looked at so many more records. */
const lookedAtOnce = 1000

interface Leg {
  readonly part: string
  /** How many were looked at, and how many of them differed, when it began. */
  readonly looked: number
  readonly found: number
  readonly isStopped: boolean
}

export interface Differences {
  readonly rows: readonly RecordRow[]
  /** Place of the first record at hand, from 0, and of the one after the last. */
  readonly from: number
  readonly to: number
  readonly isLooking: boolean
  /** Whether there are records after those at hand. */
  readonly hasMore: boolean
  readonly lookOn: () => void
  readonly stop: () => void
}

/**
 * Of the records at hand those that whom one acts as sees in another way than the admin. While they are
 * few, it reads on by itself, in legs that end: where hardly any record differs, the next that does may
 * be a million further.
 */
export function useDifferences(
  around: ReturnType<typeof useRecordsWindow>,
  isOn: boolean,
): Differences {
  const { part, offset, records, readOn } = around
  const rows = useMemo(
    () => (isOn ? around.rows.filter(({ sight }) => differs(sight)) : []),
    [around.rows, isOn],
  )
  const looked = offset + around.rows.length
  const found = rows.length
  const [begun, setLeg] = useState<Leg | null>(null)
  const leg = begun?.part === part ? begun : { looked: offset, found: 0, isStopped: false }
  const isLooking =
    isOn &&
    records.hasNextPage &&
    !records.isError &&
    !leg.isStopped &&
    found - leg.found < foundAtOnce &&
    looked - leg.looked < lookedAtOnce

  // As often as something has changed: it asks for nothing while it waits for an answer.
  useEffect(() => {
    if (isLooking) readOn()
  })

  return {
    rows,
    from: offset,
    to: looked,
    isLooking,
    hasMore: records.hasNextPage,
    lookOn: () => setLeg({ part, looked, found, isStopped: false }),
    stop: () => setLeg({ part, looked, found, isStopped: true }),
  }
}

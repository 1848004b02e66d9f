'use client'

import { Equal } from 'lucide-react'
import { useApp } from '@/components/shell/acting'
import { NothingMatchesState } from '@/components/shell/states'
import { useIdentityName } from '@/components/shell/use-identity-name'
import { Button } from '@/components/ui/button'

interface NoDifferencesProps {
  /** Whether there are records that were not looked at yet. */
  readonly hasMore: boolean
  readonly onShowAll: () => void
}

/** In place of rows: whom one acts as sees all records that were looked at, and all of each. */
export function NoDifferences({ hasMore, onShowAll }: NoDifferencesProps) {
  const { name } = useIdentityName(useApp())
  return (
    <NothingMatchesState
      title={hasMore ? 'No differences so far' : 'No differences'}
      icon={<Equal />}
      actions={<Button onClick={onShowAll}>Show all records</Button>}
    >
      <p>
        {name} sees all of these records, and all of each.
        {hasMore && ' Those after them may differ.'}
      </p>
    </NothingMatchesState>
  )
}

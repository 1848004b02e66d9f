'use client'

import { Equal } from 'lucide-react'
import { useApp } from '@/components/shell/acting'
import { NothingMatchesState } from '@/components/shell/states'
import { useIdentityName } from '@/components/shell/use-identity-name'
import { Button } from '@/components/ui/button'

/** In place of rows: whom one acts as sees all records of this page, and all of each. */
export function NoDifferences({ onShowAll }: { readonly onShowAll: () => void }) {
  const { name } = useIdentityName(useApp())
  return (
    <NothingMatchesState
      title="No differences on this page"
      icon={<Equal />}
      actions={<Button onClick={onShowAll}>Show all records</Button>}
    >
      <p>{name} sees all of these records, and all of each. Other pages may differ.</p>
    </NothingMatchesState>
  )
}

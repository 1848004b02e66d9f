'use client'

import { UserRoundSearch, UserX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { admin } from '@/lib/model/identity'
import { useApp } from './acting'
import { identityOpening } from './opening'
import { NothingMatchesState } from './states'
import { useActAs } from './use-act-as'
import { useIdentityName } from './use-identity-name'

/** The page, or in its place that it is to be seen as a user who is not there any more. */
export function UnlessNobody({ children }: { children: ReactNode }) {
  const app = useApp()
  const { isNobody } = useIdentityName(app)
  const actAs = useActAs()
  if (!isNobody || app.as.kind !== 'user') return children
  return (
    <NothingMatchesState
      title="This user is not there"
      icon={<UserX />}
      actions={
        <>
          <Button variant="primary" onClick={() => actAs(admin)}>
            Continue as Admin
          </Button>
          <Button icon={<UserRoundSearch />} onClick={identityOpening.open}>
            Act as somebody else…
          </Button>
        </>
      }
    >
      <p className="[overflow-wrap:anywhere]">
        No user has the id <span className="font-mono text-xs">{app.as.id}</span>. They may have
        been deleted since this address was made. Nothing was read or written.
      </p>
    </NothingMatchesState>
  )
}

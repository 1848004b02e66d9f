'use client'

import { UserRound } from 'lucide-react'
import Link from 'next/link'
import { IconButton } from '@/components/ui/icon-button'
import { Tooltip } from '@/components/ui/tooltip'
import type { Identity } from '@/lib/model/identity'
import { pages } from '@/lib/model/routes'
import { useApp } from './acting'
import { rememberUser } from './recent-users'
import { useActAs } from './use-act-as'

interface ActAsUserProps {
  readonly id: string
  /** What names the user to a person. */
  readonly name: string
}

/** Beside a user that the page shows: the same page, as they see it. Nothing when it is that already. */
export function ActAsIcon({ id, name }: ActAsUserProps) {
  const actAs = useActAs()
  const { as } = useApp()
  if (as.kind === 'user' && as.id === id) return null
  return (
    <IconButton
      size="small"
      label={`Act as ${name}`}
      onClick={() => actAs({ kind: 'user', id })}
      className="text-identity-user!"
    >
      <UserRound aria-hidden="true" />
    </IconButton>
  )
}

/** The way to the data as a user sees it, from a row of the grid, whose keys are the grid's own. */
export function ActAsLink({ id, name }: ActAsUserProps) {
  const { appId } = useApp()
  const as: Identity = { kind: 'user', id }
  return (
    <Tooltip content={`Act as ${name}`}>
      <Link
        href={pages.data({ appId, as })}
        tabIndex={-1}
        aria-label={`Act as ${name}`}
        onClick={(event) => {
          event.stopPropagation()
          rememberUser(appId, id)
        }}
        className="inline-flex size-6 items-center justify-center rounded-md text-identity-user hover:bg-hover [&>svg]:size-3.5"
      >
        <UserRound aria-hidden="true" />
      </Link>
    </Tooltip>
  )
}

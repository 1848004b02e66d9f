'use client'

import { Table2, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useApp } from '@/components/shell/acting'
import { rememberUser } from '@/components/shell/recent-users'
import { buttonClass } from '@/components/ui/button'
import { decideManagement } from '@/lib/model/decide-write'
import { asAdmin } from '@/lib/model/identity'
import { recordSearch } from '@/lib/model/namespace-view'
import { pages } from '@/lib/model/routes'
import type { AppSchema } from '@/lib/model/schema'
import { type UserDetail, usersNamespace } from '@/lib/model/user'
import { DeleteUser } from './delete-user'
import { MagicCode } from './magic-code'
import { SignOut } from './sign-out'
import { UserToken } from './user-token'

interface UserActionsProps {
  readonly user: UserDetail
  readonly schema: AppSchema
  readonly onDeleted: () => void
}

const linkClass = buttonClass({ size: 'small' })

/** What can be done with a user: what only looks first, what deletes last. */
export function UserActions({ user, schema, onDeleted }: UserActionsProps) {
  const app = useApp()
  const { appId } = app
  const decision = decideManagement(app)
  const { id } = user
  return (
    <div className="flex flex-wrap items-center gap-1.5 border-line border-b bg-canvas px-3 py-2">
      <Link
        href={pages.data({ appId, as: { kind: 'user', id } })}
        onClick={() => rememberUser(appId, id)}
        className={`${linkClass} text-identity-user!`}
      >
        <UserRound aria-hidden="true" className="size-3.5" />
        Act as this user
      </Link>
      <Link
        href={pages.data(
          asAdmin(appId),
          usersNamespace,
          recordSearch({ namespace: usersNamespace, id }),
        )}
        className={linkClass}
      >
        <Table2 aria-hidden="true" className="size-3.5" />
        Open in Data
      </Link>
      <fieldset disabled={decision.kind === 'refuse'} className="flex flex-1 flex-wrap gap-1.5">
        <legend className="sr-only">Changes</legend>
        <UserToken user={user} />
        <MagicCode user={user} />
        <SignOut user={user} />
        <span className="ml-auto">
          <DeleteUser user={user} schema={schema} onDeleted={onDeleted} />
        </span>
      </fieldset>
      {decision.kind === 'refuse' && (
        <p className="w-full text-dry-text text-xs">{decision.reason}</p>
      )}
    </div>
  )
}

'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { FailureNote } from '@/components/shell/failure-note'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/dialog'
import { formatCount } from '@/lib/model/format-value'
import { type UserDetail, userLabel } from '@/lib/model/user'
import { useSignOut } from './use-user-actions'

/** Ends all sessions of a user. */
export function SignOut({ user }: { user: UserDetail }) {
  const [isOpen, setOpen] = useState(false)
  const signOut = useSignOut(user.id)
  const { sessions } = user
  return (
    <>
      <Button
        size="small"
        icon={<LogOut />}
        onClick={() => {
          signOut.reset()
          setOpen(true)
        }}
      >
        Sign out…
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Sign this user out everywhere?"
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button
              variant="danger"
              disabled={signOut.isPending}
              onClick={() => signOut.mutate(undefined, { onSuccess: () => setOpen(false) })}
            >
              {signOut.isPending ? 'Signing out…' : 'Sign out'}
            </Button>
          </>
        }
      >
        <p className="font-medium [overflow-wrap:anywhere]">{userLabel(user)}</p>
        <p className="my-3 text-muted">
          {sessions === null
            ? 'All sessions end.'
            : `All sessions end: there ${sessions === 1 ? 'is 1' : `are ${formatCount(sessions)}`} now.`}{' '}
          An app that is open at this moment notices at its next connection. The user can sign in
          again.
        </p>
        {signOut.error && <FailureNote title="Not signed out" error={signOut.error} />}
      </ConfirmDialog>
    </>
  )
}

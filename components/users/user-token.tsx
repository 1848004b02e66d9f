'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { FailureNote } from '@/components/shell/failure-note'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { type UserDetail, userLabel } from '@/lib/model/user'
import { SecretText } from './secret-text'
import { useCreateToken } from './use-user-actions'

/** Makes a refresh token of a user, on a second click, and forgets it when the dialog closes. */
export function UserToken({ user }: { user: UserDetail }) {
  const [isOpen, setOpen] = useState(false)
  const creation = useCreateToken(user.id)

  return (
    <>
      <Button size="small" icon={<KeyRound />} onClick={() => setOpen(true)}>
        Create token…
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={(open) => {
          setOpen(open)
          if (!open) creation.reset()
        }}
        title="Create a refresh token"
      >
        <p className="font-medium [overflow-wrap:anywhere]">{userLabel(user)}</p>
        <p className="my-3 text-muted">
          Whoever holds it is signed in as this user, until the user is signed out. It is a session
          of its own: earlier ones stay.
        </p>
        {creation.data ? (
          <>
            <SecretText text={creation.data.token} label="token" />
            <p className="mt-2 text-muted text-xs">
              Once this is closed, nobody can show it again: only its hash is stored.
            </p>
          </>
        ) : (
          <Button variant="primary" disabled={creation.isPending} onClick={() => creation.mutate()}>
            {creation.isPending ? 'Creating…' : 'Create the token'}
          </Button>
        )}
        {creation.error && (
          <div className="mt-3">
            <FailureNote title="No token was created" error={creation.error} />
          </div>
        )}
      </Dialog>
    </>
  )
}

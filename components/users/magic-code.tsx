'use client'

import { Hash } from 'lucide-react'
import { useState } from 'react'
import { FailureNote } from '@/components/shell/failure-note'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { formatDate } from '@/lib/model/format-value'
import type { UserDetail } from '@/lib/model/user'
import { useCreateMagicCode } from './use-user-actions'

/** Makes a code with which a user can sign in once, to be told to them by whoever supports them. */
export function MagicCode({ user }: { user: UserDetail }) {
  const [isOpen, setOpen] = useState(false)
  const creation = useCreateMagicCode(user.id)
  const made = creation.data

  return (
    <>
      <Button
        size="small"
        icon={<Hash />}
        disabled={user.email === null}
        title={
          user.email === null ? 'A code is made for an e-mail, and this user has none' : undefined
        }
        onClick={() => setOpen(true)}
      >
        Magic code…
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={(open) => {
          setOpen(open)
          if (!open) creation.reset()
        }}
        title="Generate a magic code"
      >
        <p className="font-medium [overflow-wrap:anywhere]">{user.email}</p>
        <p className="my-3 text-muted">
          With it this e-mail can sign in once. It is mailed to nobody: tell it to the user
          yourself.
        </p>
        {made ? (
          <>
            <div className="flex items-center gap-2 rounded-md border border-line-strong bg-sunken py-2 pr-2 pl-3">
              <output className="flex-1 font-mono text-xl tracking-[0.2em]">{made.code}</output>
              <CopyButton text={made.code} label="Copy code" />
            </div>
            <p className="mt-2 text-muted text-xs">
              Valid for {made.lifetimeMinutes / 60} hours, until{' '}
              {formatDate(made.madeAt + made.lifetimeMinutes * 60_000)} UTC, unless this app sets a
              shorter time.
            </p>
          </>
        ) : (
          <Button variant="primary" disabled={creation.isPending} onClick={() => creation.mutate()}>
            {creation.isPending ? 'Generating…' : 'Generate the code'}
          </Button>
        )}
        {creation.error && (
          <div className="mt-3">
            <FailureNote title="No code was generated" error={creation.error} />
          </div>
        )}
      </Dialog>
    </>
  )
}

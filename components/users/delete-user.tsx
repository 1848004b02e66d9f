'use client'

import { Trash2 } from 'lucide-react'
import { type FormEvent, useId, useState } from 'react'
import { FailureNote } from '@/components/shell/failure-note'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import type { AppSchema } from '@/lib/model/schema'
import { type UserDetail, userLabel } from '@/lib/model/user'
import { DeletionConsequences } from './deletion-consequences'
import { useDeleteUser } from './use-user-actions'

interface DeleteUserProps {
  readonly user: UserDetail
  readonly schema: AppSchema
  readonly onDeleted: () => void
}

/** Deletes a user, after saying what goes with them and hearing the e-mail again. */
export function DeleteUser({ user, schema, onDeleted }: DeleteUserProps) {
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const deletion = useDeleteUser(user.id)
  const inputId = useId()
  const wanted = user.email ?? user.id
  const isConfirmed = typed.trim() === wanted

  function remove(event?: FormEvent) {
    event?.preventDefault()
    if (!isConfirmed || deletion.isPending) return
    deletion.mutate(undefined, {
      onSuccess: () => {
        setOpen(false)
        onDeleted()
      },
    })
  }

  return (
    <>
      <Button
        size="small"
        variant="danger-quiet"
        icon={<Trash2 />}
        onClick={() => {
          deletion.reset()
          setTyped('')
          setOpen(true)
        }}
      >
        Delete…
      </Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Delete this user?"
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep the user</Button>
            <Button
              variant="danger"
              disabled={!isConfirmed || deletion.isPending}
              onClick={() => remove()}
            >
              {deletion.isPending ? 'Deleting…' : 'Delete the user'}
            </Button>
          </>
        }
      >
        <p className="font-medium [overflow-wrap:anywhere]">{userLabel(user)}</p>
        <p className="font-mono text-muted text-xs">{user.id}</p>
        <DeletionConsequences user={user} schema={schema} />
        <form onSubmit={remove}>
          <label htmlFor={inputId} className="block">
            <span className="mb-1 block text-muted">
              To confirm, type{' '}
              <strong className="font-medium text-ink [overflow-wrap:anywhere]">{wanted}</strong>
            </span>
            <Input
              id={inputId}
              value={typed}
              spellCheck={false}
              autoCapitalize="none"
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
        </form>
        {deletion.error && (
          <div className="mt-3">
            <FailureNote title="Not deleted" error={deletion.error} />
          </div>
        )}
      </ConfirmDialog>
    </>
  )
}

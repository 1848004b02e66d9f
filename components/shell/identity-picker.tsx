'use client'

import { Check, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { cn } from '@/components/ui/cn'
import { admin, guest, type Identity } from '@/lib/model/identity'
import { lookOf } from './identity-look'
import { UserPicker } from './user-picker'

interface IdentityPickerProps {
  readonly current: Identity
  readonly onChoose: (identity: Identity) => void
}

/** The choice of an identity, in two steps: what kind of somebody, and then which user. */
export function IdentityPicker({ current, onChoose }: IdentityPickerProps) {
  const [isPickingUser, setPickingUser] = useState(false)
  if (isPickingUser) {
    return (
      <UserPicker
        onChoose={(id) => onChoose({ kind: 'user', id })}
        onBack={() => setPickingUser(false)}
      />
    )
  }
  return (
    <ul className="space-y-1">
      <Choice identity={admin} current={current} title="Admin" onChoose={() => onChoose(admin)}>
        No rules are evaluated: everything is shown, every write goes through.
      </Choice>
      <Choice identity={guest} current={current} title="Guest" onChoose={() => onChoose(guest)}>
        Somebody who is not signed in: <code className="text-xs">auth.id</code> is null in the
        rules.
      </Choice>
      <Choice
        identity={{ kind: 'user', id: '' }}
        current={current}
        title="A user…"
        hasMore
        onChoose={() => setPickingUser(true)}
      >
        One of the app's users: the rules decide what they see and may write.
      </Choice>
    </ul>
  )
}

interface ChoiceProps {
  readonly identity: Identity
  readonly current: Identity
  readonly title: string
  readonly children: React.ReactNode
  readonly hasMore?: boolean
  readonly onChoose: () => void
}

function Choice({ identity, current, title, children, hasMore, onChoose }: ChoiceProps) {
  const look = lookOf(identity)
  const Icon = look.icon
  const isCurrent = identity.kind === current.kind
  return (
    <li>
      <button
        type="button"
        onClick={onChoose}
        aria-current={isCurrent}
        className={cn(
          'flex w-full items-start gap-2.5 rounded-md border px-2.5 py-2 text-left hover:bg-hover',
          isCurrent ? 'border-line-strong' : 'border-transparent',
        )}
      >
        <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', look.text)} />
        <span className="min-w-0 flex-1">
          <span className={cn('block font-medium', look.text)}>{title}</span>
          <span className="block text-muted text-xs">{children}</span>
        </span>
        {hasMore ? (
          <ChevronRight aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />
        ) : (
          isCurrent && <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
        )}
      </button>
    </li>
  )
}

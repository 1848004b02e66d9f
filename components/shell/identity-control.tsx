'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Popover } from '@/components/ui/popover'
import type { Identity } from '@/lib/model/identity'
import { useApp } from './acting'
import { lookOf } from './identity-look'
import { IdentityPicker } from './identity-picker'
import { identityOpening } from './opening'
import { useActAs } from './use-act-as'
import { useIdentityName } from './use-identity-name'

/** As whom requests are made, in the colour of that identity, and the way to act as someone else. */
export function IdentityControl() {
  const [isOpen, setOpen] = useState(false)
  const app = useApp()
  const { name } = useIdentityName(app)
  const actAs = useActAs()
  const look = lookOf(app.as)
  const Icon = look.icon

  const inputRef = useRef<HTMLInputElement>(null)

  // At once, and not with the next frame: what is typed right after the key is meant for the field.
  useEffect(
    () =>
      identityOpening.onOpen(() => {
        flushSync(() => setOpen(true))
        inputRef.current?.focus({ preventScroll: true })
      }),
    [],
  )

  const choose = (as: Identity) => {
    setOpen(false)
    actAs(as)
  }

  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      title="Act as…"
      className="w-84!"
      trigger={
        <Button
          variant="quiet"
          icon={<Icon />}
          className={cn(
            'min-w-0 max-w-40 shrink! border sm:max-w-72',
            look.text,
            app.as.kind === 'admin' ? 'border-transparent' : look.surface,
          )}
        >
          <span className="sr-only">Acting as: </span>
          <span className="truncate">{name}</span>
          <ChevronsUpDown aria-hidden="true" className="size-3 shrink-0 opacity-70" />
        </Button>
      }
    >
      <IdentityPicker current={app.as} onChoose={choose} inputRef={inputRef} />
    </Popover>
  )
}

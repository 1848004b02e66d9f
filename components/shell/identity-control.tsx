'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { createLater, useLater } from '@/components/ui/later'
import { onDemand } from '@/components/ui/on-demand'
import { Popover } from '@/components/ui/popover'
import type { Identity } from '@/lib/model/identity'
import { useApp } from './acting'
import { lookOf } from './identity-look'
import { identityOpening } from './opening'
import { LoadingState } from './states'
import { useActAs } from './use-act-as'
import { useIdentityName } from './use-identity-name'
import { useSearchPopup } from './use-search-popup'

const pickerModule = createLater(() => import('./identity-picker'))
const fetched = [onDemand, pickerModule]

/** As whom requests are made, in the colour of that identity, and the way to act as someone else. */
export function IdentityControl() {
  const { isOpen, setOpen, field, openedFrom } = useSearchPopup(fetched)
  const picker = useLater(pickerModule, isOpen)
  const app = useApp()
  const { name } = useIdentityName(app)
  const actAs = useActAs()
  const look = lookOf(app.as)
  const Icon = look.icon

  useEffect(() => identityOpening.onOpen(() => setOpen(true)), [setOpen])

  const choose = (as: Identity) => {
    setOpen(false)
    actAs(as)
  }

  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      finalFocus={openedFrom}
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
      {picker ? (
        <picker.IdentityPicker current={app.as} onChoose={choose} {...field} />
      ) : (
        <LoadingState lines={4} />
      )}
    </Popover>
  )
}

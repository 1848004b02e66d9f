'use client'

import { Popover as Base } from '@base-ui/react/popover'
import { type ReactNode, type RefObject, useState } from 'react'
import { cn } from '../cn'
import { leaveAtEnds } from './leaving'

export interface PopoverPopupProps {
  /** The button it belongs to. */
  readonly trigger: RefObject<HTMLElement | null>
  /** Of the popup. */
  readonly id: string
  readonly onClose: () => void
  /** Accessible name, shown as its heading. */
  readonly title: string
  readonly children: ReactNode
  readonly align?: 'start' | 'center' | 'end' | undefined
  readonly className?: string | undefined
  /** Gets the focus when it closes. The button, unless stated. */
  readonly finalFocus?: RefObject<HTMLElement | null> | undefined
}

/** The open popover of a button. */
export function PopoverPopup({
  trigger,
  id,
  onClose,
  title,
  children,
  align = 'end',
  className,
  finalFocus = trigger,
}: PopoverPopupProps) {
  const [openedAt] = useState(() => performance.now())
  return (
    <Base.Root
      open
      onOpenChange={(_isOpen, details) => {
        const { target, timeStamp } = details.event
        const isOfTrigger = target instanceof Node && trigger.current?.contains(target)
        // A press on its button closes it by itself, and the press that has opened it is still on its way.
        const isOwn = isOfTrigger || timeStamp < openedAt
        if (details.reason === 'outside-press' && isOwn) details.cancel()
        else onClose()
      }}
    >
      <Base.Portal>
        <Base.Positioner
          anchor={trigger}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
          onFocus={leaveAtEnds(onClose, [trigger])}
        >
          <Base.Popup
            id={id}
            finalFocus={finalFocus}
            className={cn(
              'max-h-[var(--available-height)] w-72 max-w-[calc(100vw-16px)] overflow-y-auto rounded-lg border border-line bg-raised p-3 shadow-raised outline-none',
              className,
            )}
          >
            <Base.Title className="mb-2 font-medium text-sm">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

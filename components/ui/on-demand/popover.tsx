'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'
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
}: PopoverPopupProps) {
  return (
    <Base.Root
      open
      onOpenChange={(_isOpen, details) => {
        const { target } = details.event
        // A press on its button closes it by itself.
        if (target instanceof Node && trigger.current?.contains(target)) details.cancel()
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
          onFocus={leaveAtEnds({ onClose, finalFocus: trigger })}
        >
          <Base.Popup
            id={id}
            finalFocus={trigger}
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

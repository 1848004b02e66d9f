'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './cn'

interface PopoverProps {
  readonly trigger: ReactElement
  /** Accessible name of the popup, shown as its heading. */
  readonly title: string
  readonly children: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly className?: string
  /** For an owner that opens it by a key, too. */
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

export function Popover({
  trigger,
  title,
  children,
  align = 'end',
  className,
  ...root
}: PopoverProps) {
  return (
    <Base.Root {...root}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup
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

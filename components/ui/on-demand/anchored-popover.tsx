'use client'

import { Popover as Base } from '@base-ui/react/popover'
import { type ReactNode, type RefObject, useRef } from 'react'
import { cn } from '../cn'
import { leaveAtEnds } from './leaving'

export interface AnchoredPopoverProps {
  readonly onClose: () => void
  /** What it stands at. */
  readonly anchor: () => Element | null
  /** Accessible name, shown as its heading. */
  readonly title: ReactNode
  /** Beside the title. */
  readonly actions?: ReactNode
  /** Gets the focus when it closes. */
  readonly finalFocus: RefObject<HTMLElement | null>
  readonly children: ReactNode
  readonly className?: string
}

/**
 * An open popover without a button. The keys go to what it holds, which scrolls. Its owner draws it while
 * it is open and not after, so that what is typed next reaches what has the focus then.
 */
export function AnchoredPopover(props: AnchoredPopoverProps) {
  const bodyRef = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && props.onClose()}>
      <Base.Portal>
        <Base.Positioner
          anchor={props.anchor}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          className="z-50"
          onFocus={leaveAtEnds(props.onClose, [props.finalFocus])}
        >
          <Base.Popup
            initialFocus={bodyRef}
            finalFocus={props.finalFocus}
            className={cn(
              'flex max-h-[min(var(--available-height),28rem)] w-96 max-w-[calc(100vw-16px)] flex-col rounded-lg border border-line bg-raised shadow-raised outline-none',
              props.className,
            )}
          >
            <div className="flex min-h-9 items-center gap-2 border-line border-b py-1 pr-1.5 pl-3">
              <Base.Title className="min-w-0 flex-1 truncate font-medium text-sm">
                {props.title}
              </Base.Title>
              {props.actions}
            </div>
            <div
              ref={bodyRef}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
              className="min-h-0 flex-1 overflow-auto rounded-b-lg px-3 py-2 -outline-offset-2!"
            >
              {props.children}
            </div>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

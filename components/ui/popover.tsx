'use client'

import type { ReactNode, RefObject } from 'react'
import { type PopupOptions, usePopup } from './use-popup'

interface PopoverProps extends PopupOptions {
  /** Accessible name of the popup, shown as its heading. */
  readonly title: string
  readonly children: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly className?: string
  /** Gets the focus when it closes. The trigger, unless stated. */
  readonly finalFocus?: RefObject<HTMLElement | null>
}

/** Something to read or fill in beside a button. */
export function Popover({
  title,
  children,
  align,
  className,
  finalFocus,
  ...options
}: PopoverProps) {
  const { parts, close, id, trigger, triggerRef } = usePopup('dialog', options)
  return (
    <>
      {trigger}
      {parts && (
        <parts.PopoverPopup
          id={id}
          trigger={triggerRef}
          onClose={close}
          title={title}
          align={align}
          className={className}
          finalFocus={finalFocus}
        >
          {children}
        </parts.PopoverPopup>
      )}
    </>
  )
}

'use client'

import type { ReactNode } from 'react'
import { useLater } from './later'
import { onDemand } from './on-demand'
import { type PopupOptions, usePopup } from './use-popup'

interface PopoverProps extends PopupOptions {
  /** Accessible name of the popup, shown as its heading. */
  readonly title: string
  readonly children: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly className?: string
}

/** Something to read or fill in beside a button. */
export function Popover({ title, children, align, className, ...options }: PopoverProps) {
  const { isOpen, close, id, trigger, triggerRef } = usePopup('dialog', options)
  const parts = useLater(onDemand, isOpen)
  return (
    <>
      {trigger}
      {isOpen && parts && (
        <parts.PopoverPopup
          id={id}
          trigger={triggerRef}
          onClose={close}
          title={title}
          align={align}
          className={className}
        >
          {children}
        </parts.PopoverPopup>
      )}
    </>
  )
}

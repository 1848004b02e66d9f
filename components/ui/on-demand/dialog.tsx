'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { IconButton } from '../icon-button'

/** What lies behind a dialog. */
export const backdropClass =
  'fixed inset-0 z-40 bg-black/35 transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0 dark:bg-black/60'
const popupClass =
  'fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-[28rem] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-line bg-raised p-5 shadow-raised outline-none'

export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  readonly children: ReactNode
}

/** Something to read or fill in; closes on Escape and on a click outside. */
export function Dialog({ open, onOpenChange, title, children }: DialogProps) {
  // Not the close button: its tooltip would open, and take the first Escape for itself.
  const popupRef = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup ref={popupRef} initialFocus={popupRef} className={popupClass}>
          <div className="mb-3 flex items-center justify-between">
            <Base.Title className="font-semibold text-lg">{title}</Base.Title>
            <Base.Close render={<IconButton label="Close" />}>
              <X aria-hidden="true" />
            </Base.Close>
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

export interface ConfirmDialogProps extends DialogProps {
  /** Buttons, the way out first: it gets the focus. */
  readonly actions: ReactNode
}

/** A decision. A click outside does not close it. */
export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  actions,
}: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup className={popupClass}>
          <AlertDialog.Title className="mb-2 font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />}>{children}</AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">{actions}</div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

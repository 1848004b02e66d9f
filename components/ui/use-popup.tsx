'use client'

import {
  type ButtonHTMLAttributes,
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type Ref,
  type RefObject,
  useId,
  useRef,
  useState,
} from 'react'

/** What both a menu and a popover are given. */
export interface PopupOptions {
  /** A button, whose presses are the popup's. */
  readonly trigger: ReactElement
  /** For an owner that opens it by a key, too. */
  readonly open?: boolean | undefined
  readonly onOpenChange?: ((open: boolean) => void) | undefined
}

interface Popup {
  readonly isOpen: boolean
  /** Whether it was opened by a key on its button. */
  readonly isByKey: boolean
  readonly close: () => void
  /** Of the popup, for its button to refer to. */
  readonly id: string
  readonly triggerRef: RefObject<HTMLButtonElement | null>
  /** The button, to be drawn. */
  readonly trigger: ReactElement
}

type TriggerElement = ReactElement<
  ButtonHTMLAttributes<HTMLButtonElement> & {
    readonly ref: Ref<HTMLButtonElement>
    readonly 'data-popup-open': string | undefined
  }
>

/** A button that opens and closes something beside it, without that being there before. */
export function usePopup(kind: 'menu' | 'dialog', options: PopupOptions): Popup {
  const { trigger, onOpenChange } = options
  const [isOpenOwn, setOpenOwn] = useState(false)
  const [isByKey, setByKey] = useState(false)
  const triggerRef = useRef<HTMLButtonElement>(null)
  const id = useId()
  const isOpen = options.open ?? isOpenOwn

  function change(toOpen: boolean, byKey = false) {
    setByKey(byKey)
    setOpenOwn(toOpen)
    onOpenChange?.(toOpen)
  }

  return {
    isOpen,
    isByKey,
    close: () => change(false),
    id,
    triggerRef,
    trigger: cloneElement(trigger as TriggerElement, {
      ref: triggerRef,
      id: `${id}-trigger`,
      'aria-haspopup': kind,
      'aria-expanded': isOpen,
      'aria-controls': isOpen ? id : undefined,
      'data-popup-open': isOpen ? '' : undefined,
      // A press by key counts no clicks.
      onClick: (event: MouseEvent) => change(!isOpen, event.detail === 0),
      ...(kind === 'menu' && {
        onKeyDown: (event: KeyboardEvent) => {
          if (isOpen || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
          event.preventDefault()
          change(true, true)
        },
      }),
    }),
  }
}

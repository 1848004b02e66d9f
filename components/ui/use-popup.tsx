'use client'

import {
  type ButtonHTMLAttributes,
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type Ref,
  type RefObject,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useLater } from './later'
import { onDemand } from './on-demand'
import type { MenuEnd } from './on-demand/menu'

/** What both a menu and a popover are given. */
export interface PopupOptions {
  /** A button, whose presses are the popup's. */
  readonly trigger: ReactElement
  /** For an owner that opens it by a key, too. */
  readonly open?: boolean | undefined
  readonly onOpenChange?: ((open: boolean) => void) | undefined
}

type Parts = typeof import('./on-demand/index')

interface Popup {
  /** What the popup is made of while it is open; null while it is closed or yet to be fetched. */
  readonly parts: Parts | null
  /** Which command a key on its button leads to. */
  readonly end: MenuEnd | null
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
    readonly 'data-base-ui-click-trigger': string
  }
>

const endsByKey: Readonly<Record<string, MenuEnd>> = { ArrowDown: 'first', ArrowUp: 'last' }

/** A button that opens and closes something beside it, without that being there before. */
export function usePopup(kind: 'menu' | 'dialog', options: PopupOptions): Popup {
  const { trigger, onOpenChange } = options
  const [isOpenOwn, setOpenOwn] = useState(false)
  const [end, setEnd] = useState<MenuEnd | null>(null)
  const triggerRef = useRef<HTMLButtonElement>(null)
  const id = useId()
  const isOpen = options.open ?? isOpenOwn
  const parts = useLater(onDemand, isOpen)
  const isShown = isOpen && parts !== null

  function change(toOpen: boolean, at: MenuEnd | null = null) {
    setEnd(at)
    setOpenOwn(toOpen)
    onOpenChange?.(toOpen)
  }
  const close = () => change(false)
  useLeaving(isOpen && !isShown, { triggerRef, close })

  return {
    parts: isShown ? parts : null,
    end,
    close,
    id,
    triggerRef,
    trigger: cloneElement(trigger as TriggerElement, {
      ref: triggerRef,
      id: `${id}-trigger`,
      'aria-haspopup': kind,
      'aria-expanded': isShown,
      'aria-controls': isShown ? id : undefined,
      'data-popup-open': isShown ? '' : undefined,
      // By this Base UI knows that a press closes the popup by itself.
      'data-base-ui-click-trigger': '',
      // A press by key counts no clicks.
      onClick: (event: MouseEvent) => change(!isOpen, event.detail === 0 ? 'first' : null),
      ...(kind === 'menu' && {
        onKeyDown: (event: KeyboardEvent) => {
          const at = endsByKey[event.key]
          if (isOpen || at === undefined) return
          event.preventDefault()
          change(true, at)
        },
      }),
    }),
  }
}

interface Leaving {
  readonly triggerRef: RefObject<HTMLElement | null>
  readonly close: () => void
}

/** What is still fetched is left like what is open: by Escape and by a press elsewhere; and if it fails. */
function useLeaving(isPending: boolean, { triggerRef, close }: Leaving): void {
  const leave = useRef(close)
  useEffect(() => {
    leave.current = close
  })
  useEffect(() => {
    if (!isPending) return
    const over = new AbortController()
    const { signal } = over
    onDemand.load().catch(() => !signal.aborted && leave.current())
    const press = ({ target }: Event) => {
      if (!(target instanceof Node && triggerRef.current?.contains(target))) leave.current()
    }
    const type = ({ key }: globalThis.KeyboardEvent) => key === 'Escape' && leave.current()
    window.addEventListener('pointerdown', press, { capture: true, signal })
    window.addEventListener('keydown', type, { signal })
    return () => over.abort()
  }, [isPending, triggerRef])
}

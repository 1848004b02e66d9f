import type { FocusEvent, RefObject } from 'react'

interface Leaving {
  readonly onClose: () => void
  /** Gets the focus. */
  readonly finalFocus: RefObject<HTMLElement | null>
}

/**
 * For what stands around a popup: Tab beyond its last element, and back beyond its first, closes it and
 * goes to what it was opened from. Base UI knows that only of a button of its own.
 */
export function leaveAtEnds({ onClose, finalFocus }: Leaving) {
  return (event: FocusEvent<HTMLElement>) => {
    if (!event.target.hasAttribute('data-base-ui-focus-guard')) return
    finalFocus.current?.focus()
    onClose()
  }
}

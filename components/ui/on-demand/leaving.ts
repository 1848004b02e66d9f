import type { FocusEvent, RefObject } from 'react'

/**
 * For what stands around a popup: Tab beyond its last element, and back beyond its first, closes it and
 * goes to the first of these that Tab stops at. Base UI knows that only of a button of its own.
 */
export function leaveAtEnds(
  onClose: () => void,
  targets: readonly RefObject<HTMLElement | null>[],
) {
  return (event: FocusEvent<HTMLElement>) => {
    if (!event.target.hasAttribute('data-base-ui-focus-guard')) return
    const target = targets.find(({ current }) => (current?.tabIndex ?? -1) >= 0)
    target?.current?.focus()
    onClose()
  }
}

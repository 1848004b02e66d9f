'use client'

import { useLater } from './later'
import { onDemand } from './on-demand'
import type { AnchoredPopoverProps } from './on-demand/anchored-popover'

/**
 * An open popover without a button. The keys go to what it holds, which scrolls. Its owner draws it while
 * it is open and not after, so that what is typed next reaches what has the focus then.
 */
export function AnchoredPopover(props: AnchoredPopoverProps) {
  const parts = useLater(onDemand, true)
  return parts && <parts.AnchoredPopover {...props} />
}

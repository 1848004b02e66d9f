'use client'

import { useLater } from './later'
import { onDemand } from './on-demand'
import type { ConfirmDialogProps, DialogProps } from './on-demand/dialog'

/** Something to read or fill in; closes on Escape and on a click outside. */
export function Dialog(props: DialogProps) {
  const parts = useLater(onDemand, props.open)
  return parts && <parts.Dialog {...props} />
}

/** A decision. A click outside does not close it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const parts = useLater(onDemand, props.open)
  return parts && <parts.ConfirmDialog {...props} />
}

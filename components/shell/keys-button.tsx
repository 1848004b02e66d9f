'use client'

import { Keyboard } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { keysOpening } from './opening'

export function KeysButton() {
  return (
    <IconButton label="Keys  (?)" onClick={keysOpening.open}>
      <Keyboard aria-hidden="true" />
    </IconButton>
  )
}

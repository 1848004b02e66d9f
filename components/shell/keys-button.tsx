'use client'

import { Keyboard } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { openKeys } from './open-keys'

export function KeysButton() {
  return (
    <IconButton label="Keys  (?)" onClick={openKeys}>
      <Keyboard aria-hidden="true" />
    </IconButton>
  )
}

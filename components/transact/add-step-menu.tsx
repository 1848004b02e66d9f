'use client'

import { Link2, type LucideIcon, Merge, Pencil, Plus, Trash2, Unlink } from 'lucide-react'
import type { RefObject } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem } from '@/components/ui/menu'
import { type Action, actions } from '@/lib/model/transaction'

export const actionIcons: Record<Action, LucideIcon> = {
  create: Plus,
  update: Pencil,
  merge: Merge,
  link: Link2,
  unlink: Unlink,
  delete: Trash2,
}

interface AddStepMenuProps {
  readonly onAdd: (action: Action) => void
  readonly isFirst: boolean
  /** The new card, which gets the focus. */
  readonly finalFocus: RefObject<HTMLElement | null>
}

/** Adds a card of the chosen kind. */
export function AddStepMenu({ onAdd, isFirst, finalFocus }: AddStepMenuProps) {
  return (
    <Menu
      finalFocus={finalFocus}
      trigger={
        <Button variant={isFirst ? 'primary' : 'plain'} icon={<Plus />}>
          Add step
        </Button>
      }
    >
      {actions.map((action) => {
        const Icon = actionIcons[action]
        return (
          <MenuItem
            key={action}
            icon={<Icon aria-hidden="true" />}
            tone={action === 'delete' ? 'danger' : 'normal'}
            onClick={() => onAdd(action)}
          >
            {action}
          </MenuItem>
        )
      })}
    </Menu>
  )
}

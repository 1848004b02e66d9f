'use client'

import type { ReactNode, RefObject } from 'react'
import { useLater } from './later'
import { onDemand } from './on-demand'
import type {
  MenuChoicesProps,
  MenuItemProps,
  MenuLinkItemProps,
  PlacedMenuProps,
} from './on-demand/menu'
import { type PopupOptions, usePopup } from './use-popup'

interface MenuProps extends PopupOptions {
  readonly children: ReactNode
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly align?: 'start' | 'center' | 'end'
  readonly className?: string
  /** Gets the focus when the menu closes. The trigger, unless stated. */
  readonly finalFocus?: RefObject<HTMLElement | null>
}

/** A list of commands behind a button. */
export function Menu({ children, side, align, className, finalFocus, ...options }: MenuProps) {
  const { parts, end, close, id, trigger, triggerRef } = usePopup('menu', options)
  return (
    <>
      {trigger}
      {parts && (
        <parts.MenuPopup
          id={id}
          trigger={triggerRef}
          end={end}
          onClose={close}
          side={side}
          align={align}
          className={className}
          finalFocus={finalFocus}
        >
          {children}
        </parts.MenuPopup>
      )}
    </>
  )
}

/** An open list of commands at a point, such as where the right button was pressed. */
export function PlacedMenu(props: PlacedMenuProps) {
  const parts = useLater(onDemand, true)
  return parts && <parts.PlacedMenu {...props} />
}

export function MenuItem(props: MenuItemProps) {
  const parts = partsOfOpenMenu()
  return <parts.MenuItem {...props} />
}

export function MenuLinkItem(props: MenuLinkItemProps) {
  const parts = partsOfOpenMenu()
  return <parts.MenuLinkItem {...props} />
}

/** One of several, with a tick at the chosen one. */
export function MenuChoices<T extends string>(props: MenuChoicesProps<T>) {
  const parts = partsOfOpenMenu()
  return <parts.MenuChoices {...props} />
}

export function MenuSeparator() {
  const parts = partsOfOpenMenu()
  return <parts.MenuSeparator />
}

function partsOfOpenMenu() {
  const parts = onDemand.current()
  if (!parts) throw new Error('What belongs into a menu is drawn outside of one.')
  return parts
}

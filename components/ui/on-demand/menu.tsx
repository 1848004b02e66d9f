'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { type ComponentProps, type ReactNode, type RefObject, useRef } from 'react'
import { cn } from '../cn'
import { leaveAtEnds } from './leaving'

const itemClass =
  'flex min-h-7 select-none items-center gap-2 rounded px-2 text-sm outline-none data-[disabled]:text-faint data-[highlighted]:bg-hover coarse:min-h-10 [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-muted'

const popupClass =
  'max-h-[var(--available-height)] min-w-44 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised outline-none'

/** The command at which a key opens a menu. */
export type MenuEnd = 'first' | 'last'

export interface MenuPopupProps {
  /** The button it belongs to. Gets the focus when the menu closes, unless another is stated. */
  readonly trigger: RefObject<HTMLElement | null>
  /** Of the popup. */
  readonly id: string
  readonly onClose: () => void
  /** The command that has the focus at first; none, unless a key has opened it. */
  readonly end: MenuEnd | null
  readonly children: ReactNode
  readonly side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  readonly align?: 'start' | 'center' | 'end' | undefined
  readonly className?: string | undefined
  readonly finalFocus?: RefObject<HTMLElement | null> | undefined
}

/** The open list of commands of a button. */
export function MenuPopup({
  trigger,
  id,
  onClose,
  end,
  children,
  side = 'bottom',
  align = 'start',
  className,
  finalFocus = trigger,
}: MenuPopupProps) {
  const popupRef = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Positioner
          anchor={trigger}
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50"
          onFocus={leaveAtEnds(onClose, [trigger, finalFocus])}
        >
          <Base.Popup
            ref={popupRef}
            id={id}
            aria-labelledby={trigger.current?.id}
            {...(end && { initialFocus: () => itemAt(end, popupRef.current) })}
            finalFocus={finalFocus}
            className={cn(popupClass, className)}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

function itemAt(end: MenuEnd, popup: HTMLElement | null): HTMLElement | null {
  const items = popup?.querySelectorAll<HTMLElement>('[role^=menuitem]:not([aria-disabled=true])')
  return [...(items ?? [])].at(end === 'first' ? 0 : -1) ?? null
}

export interface PlacedMenuProps {
  /** In pixels of the window. */
  readonly x: number
  readonly y: number
  /** Accessible name. */
  readonly label: string
  readonly children: ReactNode
  readonly onClose: () => void
  readonly finalFocus: RefObject<HTMLElement | null>
}

/** An open list of commands at a point, such as where the right button was pressed. */
export function PlacedMenu({ x, y, label, children, onClose, finalFocus }: PlacedMenuProps) {
  const anchor = { getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }
  return (
    <Base.Root open modal={false} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          collisionPadding={8}
          className="z-50"
          onFocus={leaveAtEnds(onClose, [finalFocus])}
        >
          <Base.Popup aria-label={label} finalFocus={finalFocus} className={popupClass}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export interface MenuItemProps extends Omit<ComponentProps<typeof Base.Item>, 'className'> {
  readonly icon?: ReactNode
  readonly tone?: 'normal' | 'danger'
  /** Said at the end of the line: a key, or why the item is disabled. */
  readonly note?: ReactNode
}

export function MenuItem({ icon, tone = 'normal', note, children, ...rest }: MenuItemProps) {
  return (
    <Base.Item
      className={cn(
        itemClass,
        tone === 'danger' && 'text-danger-text data-[highlighted]:bg-danger-soft',
      )}
      {...rest}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {note && <span className="pl-4 text-muted text-xs">{note}</span>}
    </Base.Item>
  )
}

export type MenuLinkItemProps = Omit<ComponentProps<typeof Base.LinkItem>, 'className'>

export function MenuLinkItem(props: MenuLinkItemProps) {
  return <Base.LinkItem className={itemClass} closeOnClick {...props} />
}

export interface MenuChoicesProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly onChange: (value: T) => void
  readonly choices: readonly {
    readonly value: T
    readonly label: string
    readonly icon?: ReactNode
  }[]
}

/** One of several, with a tick at the chosen one. */
export function MenuChoices<T extends string>({
  label,
  value,
  onChange,
  choices,
}: MenuChoicesProps<T>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1 pb-0.5 text-2xs text-muted">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChange}>
        {choices.map((choice) => (
          <Base.RadioItem
            key={choice.value}
            value={choice.value}
            closeOnClick
            className={itemClass}
          >
            {choice.icon}
            <span className="flex-1">{choice.label}</span>
            <Base.RadioItemIndicator>
              <Check aria-hidden="true" className="size-3.5 text-accent-text" />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />
}

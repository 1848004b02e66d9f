import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { Tooltip } from './tooltip'

interface IconButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className'> {
  /** Read by assistive technology and shown as the tooltip. */
  readonly label: string
  readonly size?: 'small' | 'normal'
  readonly className?: string
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
}

/** A button that is only an icon, and therefore always has a tooltip with its name. */
export function IconButton({ label, size = 'normal', className, side, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} {...(side && { side })}>
      <BaseButton
        type="button"
        aria-label={label}
        className={cn(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-40 data-[popup-open]:bg-hover data-[popup-open]:text-ink [&>svg]:size-4',
          size === 'small' ? 'size-6 [&>svg]:size-3.5' : 'size-8',
          className,
        )}
        {...rest}
      />
    </Tooltip>
  )
}

import { Button as BaseButton } from '@base-ui/react/button'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

const variants = {
  plain: 'border border-line-strong bg-surface text-ink hover:bg-hover',
  primary: 'bg-accent text-accent-ink hover:brightness-95',
  quiet:
    'text-muted hover:bg-hover hover:text-ink data-[popup-open]:bg-hover data-[popup-open]:text-ink',
  danger: 'bg-danger text-danger-ink hover:brightness-95',
  'danger-quiet': 'text-danger-text hover:bg-danger-soft',
}

const sizes = {
  small: 'h-6 gap-1 px-2 text-xs',
  normal: 'h-8 gap-1.5 px-3 text-sm',
}

interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className'> {
  readonly variant?: keyof typeof variants
  readonly size?: keyof typeof sizes
  readonly className?: string
  /** Set before the label, and hidden from assistive technology: the label says it. */
  readonly icon?: ReactNode
}

type ButtonLook = Pick<ButtonProps, 'variant' | 'size'> & {
  readonly className?: string | undefined
}

/** The look of a button, for a link that leads on like one. */
export function buttonClass({ variant = 'plain', size = 'normal', className }: ButtonLook): string {
  return cn(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 coarse:min-h-9',
    variants[variant],
    sizes[size],
    className,
  )
}

/** The one button. `type` is "button" unless stated. */
export function Button({
  variant = 'plain',
  size = 'normal',
  className,
  icon,
  children,
  ...rest
}: ButtonProps) {
  return (
    <BaseButton type="button" className={buttonClass({ variant, size, className })} {...rest}>
      {icon && (
        <span aria-hidden="true" className="-ml-0.5 inline-flex [&>svg]:size-3.5">
          {icon}
        </span>
      )}
      {children}
    </BaseButton>
  )
}

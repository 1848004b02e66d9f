import type { ComponentProps, Ref } from 'react'
import { cn } from './cn'

const fieldClass =
  'w-full rounded-md border border-line-strong bg-surface px-2 text-ink text-sm placeholder:text-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-[invalid=true]:border-danger'

/** A one-line field. It needs a label: `aria-label`, or a `<label>` around or for it. */
export function Input({
  className,
  ...rest
}: ComponentProps<'input'> & { ref?: Ref<HTMLInputElement> }) {
  return <input autoComplete="off" className={cn(fieldClass, 'h-8', className)} {...rest} />
}

export function TextArea({
  className,
  ...rest
}: ComponentProps<'textarea'> & { ref?: Ref<HTMLTextAreaElement> }) {
  return <textarea className={cn(fieldClass, 'py-1.5', className)} {...rest} />
}

/** The platform's own list: it works with every keyboard and on every phone. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={cn(fieldClass, 'h-8 pr-1', className)} {...rest} />
}

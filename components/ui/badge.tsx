import type { ReactNode } from 'react'
import { cn } from './cn'

/** A small fact about what stands beside it. */
export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={cn(
        'inline-flex h-[18px] items-center rounded border border-line px-1.5 font-normal text-2xs text-muted',
        className,
      )}
    >
      {children}
    </span>
  )
}

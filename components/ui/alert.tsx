import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from './cn'

interface AlertProps {
  readonly tone?: 'danger' | 'notice'
  readonly title?: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly className?: string
}

/** A message in place, announced when it appears. */
export function Alert({ tone = 'danger', title, children, actions, className }: AlertProps) {
  const Icon = tone === 'danger' ? CircleAlert : TriangleAlert
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-start gap-2 rounded-md px-3 py-2 text-sm',
        tone === 'danger' ? 'bg-danger-soft text-danger-text' : 'bg-notice-soft text-notice-text',
        className,
      )}
    >
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-52 flex-1 [overflow-wrap:anywhere]">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
      {actions}
    </div>
  )
}

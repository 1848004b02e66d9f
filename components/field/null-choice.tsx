'use client'

import { cn } from '@/components/ui/cn'
import type { Attribute } from '@/lib/model/schema'

interface NullChoiceProps {
  readonly attribute: Attribute
  readonly isNull: boolean
  readonly onChange: (isNull: boolean) => void
  readonly className?: string
}

/** Chooses null for a field instead of what stands in its input. */
export function NullChoice({ attribute, isNull, onChange, className }: NullChoiceProps) {
  return (
    <label className={cn('flex items-center gap-1.5 text-muted text-xs', className)}>
      <input
        type="checkbox"
        className="size-3.5 accent-accent"
        checked={isNull}
        disabled={attribute.isRequired}
        onChange={(event) => onChange(event.target.checked)}
      />
      null{attribute.isRequired && ' (required)'}
    </label>
  )
}

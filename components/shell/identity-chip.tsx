import { cn } from '@/components/ui/cn'
import type { Identity } from '@/lib/model/identity'
import { lookOf } from './identity-look'

interface IdentityChipProps {
  readonly identity: Identity
  readonly name: string
  readonly className?: string
}

/** An identity by name, in its colour: violet for a user, slate for a guest. */
export function IdentityChip({ identity, name, className }: IdentityChipProps) {
  const { icon: Icon, text, surface } = lookOf(identity)
  return (
    <span
      title={name}
      className={cn(
        'inline-flex h-6 min-w-0 items-center gap-1.5 rounded-full border px-2 font-semibold',
        text,
        surface,
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="truncate">{name}</span>
    </span>
  )
}

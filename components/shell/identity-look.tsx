import { type LucideIcon, ShieldCheck, UserRound, UserRoundX } from 'lucide-react'
import type { Identity } from '@/lib/model/identity'

interface IdentityLook {
  readonly icon: LucideIcon
  /** Text in the identity's colour, which nothing else has. */
  readonly text: string
  /** A surface tinted with it, and the line around that. */
  readonly surface: string
}

const looks: Record<Identity['kind'], IdentityLook> = {
  admin: {
    icon: ShieldCheck,
    text: 'text-identity-admin!',
    surface: 'bg-canvas border-line',
  },
  guest: {
    icon: UserRoundX,
    text: 'text-identity-guest!',
    surface: 'bg-identity-guest-soft! border-identity-guest',
  },
  user: {
    icon: UserRound,
    text: 'text-identity-user!',
    surface: 'bg-identity-user-soft! border-identity-user',
  },
}

export function lookOf({ kind }: Identity): IdentityLook {
  return looks[kind]
}

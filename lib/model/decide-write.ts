import type { Identity } from './identity'
import type { WriteMode } from './write-mode'

/** As whom something is to be written, and whether it is meant. */
export interface WriteIntent {
  readonly as: Identity
  readonly mode: WriteMode
}

export type WriteDecision =
  | { readonly kind: 'write' }
  /** Everything but writing: the rules are evaluated and what was done is taken back. */
  | { readonly kind: 'try' }
  | { readonly kind: 'refuse'; readonly reason: string }

/**
 * Whether a write is made, tried or refused: the one place that decides, for the server that does it
 * and for the page that offers it.
 */
export function decideWrite({ as, mode }: WriteIntent): WriteDecision {
  if (as.kind === 'admin') {
    return mode === 'real'
      ? { kind: 'write' }
      : refuse('No rule is evaluated for Admin, so there is nothing to try. Act as somebody.')
  }
  switch (mode) {
    case 'view':
      return refuse('View only: choose a dry run or real writes in the banner.')
    case 'dry':
      return { kind: 'try' }
    case 'real':
      return { kind: 'write' }
  }
}

/** The same for what is done as admin whoever is acted as, and cannot be tried without doing it. */
export function decideManagement(intent: WriteIntent): WriteDecision {
  const decision = decideWrite(intent)
  return decision.kind === 'try'
    ? refuse(
        'This is done as Admin and cannot be tried: choose real writes in the banner, or exit.',
      )
    : decision
}

function refuse(reason: string): WriteDecision {
  return { kind: 'refuse', reason }
}

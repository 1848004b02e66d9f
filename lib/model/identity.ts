import { isUuid } from '@/lib/base/uuid'
import type { WriteMode } from './write-mode'

/** On whose behalf the dashboard's requests are made. */
export type Identity =
  | { readonly kind: 'admin' }
  | { readonly kind: 'guest' }
  /** The id is a uuid in lower case. */
  | { readonly kind: 'user'; readonly id: string }

export const admin: Identity = { kind: 'admin' }

export const guest: Identity = { kind: 'guest' }

/** An app, and as whom it is looked at. Whatever leads to a page or asks for data needs both. */
export interface AppRef {
  readonly appId: string
  readonly as: Identity
  /** What becomes of writes as a user or guest: a dry run unless it says otherwise. */
  readonly mode?: WriteMode
}

export function asAdmin(appId: string): AppRef {
  return { appId, as: admin }
}

/** The parameter of every address that says as whom. */
export const identityParam = 'as'

/** An identity as it stands in an address: `admin`, `guest` or the id of a user; no e-mail, no token. */
export function toIdentityText(identity: Identity): string {
  return identity.kind === 'user' ? identity.id : identity.kind
}

/** Reads what `toIdentityText` wrote. Null for anything else, which must never be taken for admin. */
export function parseIdentityText(text: string): Identity | null {
  if (text === 'admin' || text === 'guest') return { kind: text }
  return isUuid(text) ? { kind: 'user', id: text.toLowerCase() } : null
}

/**
 * As whom a page is opened: as admin when its address does not say, and null when it says something
 * that is no identity, or says it twice. Then nothing may be read or written.
 */
export function pageIdentity(search: URLSearchParams): Identity | null {
  const [text, ...more] = search.getAll(identityParam)
  if (text === undefined) return admin
  return more.length === 0 ? parseIdentityText(text) : null
}

import { z } from 'zod'
import { type WriteMode, writeMode } from './write-mode'

/** On whose behalf the dashboard's requests are made. */
export const identity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('admin') }),
  z.object({ kind: z.literal('guest') }),
  z.object({ kind: z.literal('user'), id: z.uuid().toLowerCase() }),
])

export type Identity = z.infer<typeof identity>

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
  const parsed = identity.safeParse(
    text === 'admin' || text === 'guest' ? { kind: text } : { kind: 'user', id: text },
  )
  return parsed.data ?? null
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

/**
 * As whom a request is made: an identity, or its text where the request is an address. Without a
 * default, so a request that lost it is refused instead of being made as admin.
 */
export const actingAs = z.union([
  identity,
  z.string().transform((text, context): Identity => {
    const parsed = parseIdentityText(text)
    if (parsed) return parsed
    context.addIssue({
      code: 'custom',
      message: 'It is neither admin, guest nor the id of a user.',
    })
    return z.NEVER
  }),
])

/** What every request to an app that is made as somebody begins with. */
export const appRef = { appId: z.uuid(), as: actingAs }

/** What every request begins with that may write: also whether it is meant to. */
export const writeRef = { ...appRef, mode: writeMode }

import { isUuid } from '@/lib/base/uuid'
import type { RecordDetail } from './record'
import { type AppSchema, findNamespace } from './schema'

/** One of the app's users, as a list shows them. */
export interface UserSummary {
  readonly id: string
  /** Null for guests and for users made by id alone. */
  readonly email: string | null
  /** What Instant wrote when they signed up: `user`, `guest`, or null when a token was made for them. */
  readonly type: string | null
  /** What the app itself calls them, or null. */
  readonly name: string | null
}

export interface UsersPage {
  readonly users: readonly UserSummary[]
  /** How they were found: a text that is an id may also be a refresh token. */
  readonly foundBy: 'all' | 'text' | 'id' | 'token'
  readonly hasMore: boolean
}

/** A user's whole picture. */
export interface UserDetail extends UserSummary {
  /** ISO 8601, or null when the backend does not tell. */
  readonly createdAt: string | null
  readonly record: RecordDetail
  /** Refresh tokens that are valid, or null when the backend does not tell. */
  readonly sessions: number | null
}

/** When each user was created, in ISO 8601; null when the backend does not tell. */
export type CreationTimes = Readonly<Record<string, string | null>>

export const usersPageSize = 50

export interface NewToken {
  readonly token: string
}

export interface NewMagicCode {
  readonly code: string
  readonly email: string
  /** How long it is valid unless the app says less, in minutes. */
  readonly lifetimeMinutes: number
}

/** Instant's, which an app can shorten. */
export const codeLifetimeMinutes = 1440

/** The namespace of users. */
export const usersNamespace = '$users'

/**
 * Whether a search may stand in an address, where it outlives the page: not what is, or begins like,
 * a refresh token.
 */
export function isShareable(search: string): boolean {
  return !/[0-9a-f]{8}-?[0-9a-f]{0,4}/i.test(search) && !isUuid(search.trim())
}

/** What names a user to a person. */
export function userLabel({ email, name, id, type }: UserSummary): string {
  return email ?? name ?? `${type === 'guest' ? 'Guest' : 'User'} ${id.slice(0, 8)}`
}

/** The attributes of users in which a text is searched for: the e-mail, and what text the app indexes. */
export function searchedAttributes(schema: AppSchema): readonly string[] {
  const attributes = findNamespace(schema, usersNamespace)?.attributes ?? []
  const indexed = attributes
    .filter(({ type, isTyped, isIndexed }) => type === 'string' && isTyped && isIndexed)
    .map(({ name }) => name)
  return [...new Set(['email', ...indexed])]
}

import type { UserSummary } from '@/lib/model/user'

// Under which an app tends to keep what it calls a user; Instant itself has no name for them.
const names = ['displayName', 'fullName', 'name', 'username', 'handle']

/** A user from a row of `$users` or from what the SDK's functions for users answer. */
export function toUser(values: Readonly<Record<string, unknown>>): UserSummary {
  return {
    id: String(values.id),
    email: toText(values.email),
    type: toText(values.type),
    name: names.map((name) => toText(values[name])).find((name) => name !== null) ?? null,
  }
}

function toText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

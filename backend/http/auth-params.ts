import type { Context } from 'hono'
import type { UserKey } from '@/backend/operations/users'
import { normalizeEmail } from '@/lib/base/email'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import { paramMalformed, paramMissing } from './params'

/** Where a parameter stands, and the parameters that stand there. */
export interface Params {
  readonly place: 'body' | 'params'
  readonly values: JsonObject
}

/** The parameters of a query string. One that is empty is there, and malformed. */
export function queryParams(c: Context): Params {
  return { place: 'params', values: c.req.query() }
}

/** The parameters of a body. */
export function bodyParams(values: JsonObject): Params {
  return { place: 'body', values }
}

/** An e-mail in its one spelling (contract http.md 3.3); null when there is none. */
export function optionalEmail(params: Params, name = 'email'): string | null {
  return optional(params, name, normalizeEmail)
}

/** An e-mail that has to be there. */
export function requireEmail(params: Params, name = 'email'): string {
  return optionalEmail(params, name) ?? missing(params, name)
}

/** A uuid in lower case; null when there is none. */
export function optionalUuid(params: Params, name: string): string | null {
  return optional(params, name, (value) =>
    typeof value === 'string' && isUuid(value.trim()) ? value.trim().toLowerCase() : null,
  )
}

/** A uuid that has to be there. */
export function requireUuid(params: Params, name: string): string {
  return optionalUuid(params, name) ?? missing(params, name)
}

/** Text that has to be there, without surrounding space. */
export function requireText(params: Params, name: string): string {
  const text = optional(params, name, (value) => (typeof value === 'string' ? value.trim() : null))
  return text ?? missing(params, name)
}

/** Values for a new user: empty when there are none (contract http.md 3.6). */
export function readExtraFields(params: Params): JsonObject {
  return optional(params, 'extra-fields', (value) => (isJsonObject(value) ? value : null)) ?? {}
}

/**
 * The one user that the first of the given parameters names, in the order of `names`; null when
 * none of them is there. All of them have to be well formed.
 */
export function optionalUserKey(
  params: Params,
  names: readonly ('id' | 'email' | 'refresh_token')[],
): UserKey | null {
  const keys = {
    id: toKey(optionalUuid(params, 'id'), (id) => ({ kind: 'id', id })),
    email: toKey(optionalEmail(params), (email) => ({ kind: 'email', email })),
    refresh_token: toKey(optionalUuid(params, 'refresh_token'), (token) => ({
      kind: 'token',
      token,
    })),
  }
  const name = names.find((each) => keys[each] !== null)
  return name === undefined ? null : keys[name]
}

function toKey(text: string | null, make: (text: string) => UserKey): UserKey | null {
  return text === null ? null : make(text)
}

// Instant takes null and false for absent (contract http.md 1.6).
function optional<T>(
  { place, values }: Params,
  name: string,
  coerce: (value: Json) => T | null,
): T | null {
  const value = values[name]
  if (value === undefined || value === null || value === false) return null
  const coerced = coerce(value)
  if (coerced === null) throw paramMalformed([place, name], value)
  return coerced
}

function missing({ place }: Params, name: string): never {
  throw paramMissing([place, name])
}

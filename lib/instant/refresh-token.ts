import 'server-only'
import { z } from 'zod'
import { InstantError } from '@/lib/model/instant-error'
import type { Connection } from './connection'
import { fetchAsAdmin } from './fetch-as-admin'

const minted = z.object({
  user: z.object({ id: z.string(), refresh_token: z.string().min(1) }),
  created: z.boolean().nullish(),
})

/**
 * A new refresh token of a user there is. The backend makes the users it does not know, which the SDK's
 * `createToken` keeps to itself: should it have made one, because they were deleted a moment ago, that one
 * is deleted again and `identity-unavailable` raised.
 */
export async function mintToken(connection: Connection, id: string): Promise<string> {
  const { user, created } = await fetchAsAdmin(connection, {
    path: `/admin/refresh_tokens?app_id=${connection.appId}`,
    method: 'POST',
    body: { id },
    answer: minted,
  })
  if (!created && user.id === id) return user.refresh_token
  if (created) {
    const path = `/admin/users?app_id=${connection.appId}&id=${user.id}`
    await fetchAsAdmin(connection, { path, method: 'DELETE', answer: z.unknown() })
  }
  throw noSuchUser(id)
}

/** For a user as whom something was to be done. */
export function noSuchUser(id: string): InstantError {
  return new InstantError({
    code: 'identity-unavailable',
    message: `There is no user with the id ${id}, so nothing was done as them.`,
  })
}

/** Ends the one session of a token; the user's others stay. */
export async function signOutToken(connection: Connection, token: string): Promise<void> {
  await fetchAsAdmin(connection, {
    path: `/admin/sign_out?app_id=${connection.appId}`,
    method: 'POST',
    body: { refresh_token: token },
    answer: z.unknown(),
  })
}

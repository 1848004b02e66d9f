import { readUser } from '@/backend/auth/find-user'
import { hashRefreshToken } from '@/backend/auth/refresh-token'
import type { User } from '@/backend/schema/user'
import { must } from '@/lib/base/must'
import { putStep, type SystemWrite } from './write-as-system'

/** A user with a refresh token that is told here and never again: only its hash is stored. */
export interface SignedIn {
  readonly user: User
  readonly token: string
  /** Whether this very request made the user, or made one of a guest (contract http.md 3.6). */
  readonly created: boolean
}

/** Gives a user one more token; those it has stay valid (contract http.md 3.4). */
export async function signIn(
  write: SystemWrite,
  userId: string,
  { created }: { readonly created: boolean },
): Promise<SignedIn> {
  const token = crypto.randomUUID()
  await write.write([
    putStep('$userRefreshTokens', crypto.randomUUID(), {
      hashedToken: hashRefreshToken(token),
      $user: userId,
    }),
  ])
  const user = must(await readUser(write.tx, write, userId), 'who signs in is a user')
  return { user, token, created }
}

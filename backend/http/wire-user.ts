import type { SignedIn } from '@/backend/operations/sign-in'
import { isGuest, type User } from '@/backend/schema/user'

/** A user as the auth endpoints tell of it, which is more than a query does (contract http.md 3.2). */
export function toWireUser(user: User, appId: string) {
  return {
    ...user.values,
    id: user.id,
    app_id: appId,
    created_at: new Date(user.createdAtMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    isGuest: isGuest(user),
  }
}

/** A user with the token that has just been made for, or presented by it. */
export function toWireSession({ user, token }: Pick<SignedIn, 'user' | 'token'>, appId: string) {
  return { ...toWireUser(user, appId), refresh_token: token }
}

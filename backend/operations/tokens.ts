import { findTokens, findTokensOf } from '@/backend/auth/find-tokens'
import { findUserId, readUser, type UserKey } from '@/backend/auth/find-user'
import type { AppKey } from '@/backend/schema/attr'
import type { JsonObject } from '@/lib/base/json'
import type { Engine } from './engine'
import { checkExtraFields } from './extra-fields'
import { userNotFound } from './identify'
import { type SignedIn, signIn } from './sign-in'
import { deleteSteps, putStep, type SystemWrite, writeAsSystem } from './write-as-system'

/** Whom a token is for: the e-mail decides where it is given, else the id. */
export type TokenOwner =
  | { readonly email: string; readonly id: string | null }
  | { readonly email: null; readonly id: string }

/**
 * Makes a refresh token, as the admin: no rule is asked. A user that is not there is made, without
 * a type, and gets the extra fields (contract http.md 2.8).
 */
export async function createToken(
  engine: Engine,
  app: AppKey,
  { email, id, extraFields }: TokenOwner & { readonly extraFields: JsonObject },
): Promise<SignedIn> {
  return writeAsSystem(engine, app, async (write) => {
    const knownId =
      email === null
        ? ((await readUser(write.tx, write, id))?.id ?? null)
        : await findUserId(write.tx, write, { kind: 'email', email })
    if (knownId !== null) return signIn(write, knownId, { created: false })
    checkExtraFields(write.schema, extraFields)
    const newId = id ?? crypto.randomUUID()
    const step = putStep('$users', newId, { ...extraFields, email })
    await write.write([{ ...step, mode: 'create' }])
    return signIn(write, newId, { created: true })
  })
}

/**
 * Revokes the tokens of a user, or one token. An id or a token that is not known is no error; an
 * e-mail is (contract http.md 2.9).
 */
export async function signOut(
  engine: Engine,
  { app, appId }: { readonly app: AppKey; readonly appId: string },
  key: UserKey,
): Promise<void> {
  return writeAsSystem(engine, app, async (write) => {
    await write.write(deleteSteps('$userRefreshTokens', await tokensOf(write, appId, key)))
  })
}

async function tokensOf(
  write: SystemWrite,
  appId: string,
  key: UserKey,
): Promise<readonly string[]> {
  if (key.kind === 'token') return findTokens(write.tx, write, key.token)
  const userId = await findUserId(write.tx, write, key)
  if (userId !== null) return findTokensOf(write.tx, write, userId)
  throw userNotFound({ 'app-id': appId, ...(key.kind === 'email' ? { email: key.email } : {}) })
}

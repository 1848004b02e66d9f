import type { Context } from 'hono'
import { type Actor, type Admin, admin } from '@/backend/operations/actor'
import type { Engine } from '@/backend/operations/engine'
import { requireAdminApp, requireUserWithEmail, userNotFound } from '@/backend/operations/identify'
import { findUserByToken } from '@/backend/operations/users'
import type { AppKey } from '@/backend/schema/attr'
import { isUuid } from '@/lib/base/uuid'
import { notSupportedYet } from './errors'
import { paramMalformed, requireToken } from './params'

/** The app of a request and whom it is made as. */
export interface Caller {
  readonly app: AppKey
  readonly actor: Admin
}

/**
 * Whom a request is made as, once the identity has been proved. Rules are not judged yet, so every
 * identity but the admin's is refused: answering as the admin instead would show what a rule hides.
 */
export async function requireCaller(c: Context, engine: Engine, appId: string): Promise<Caller> {
  const actor = await requireActor(c, engine, appId)
  switch (actor.kind) {
    case 'admin':
      return { app: actor.app, actor: admin }
    case 'user':
      throw notSupportedYet('acting as a user')
    case 'guest':
      throw notSupportedYet('acting as a guest')
  }
}

/** A guest may name an app that is not there: nothing is in it (contract http.md 2.1). */
type ProvenActor =
  | (Exclude<Actor, { kind: 'guest' }> & { readonly app: AppKey })
  | { kind: 'guest' }

/** Resolves the identity headers in Instant's order of precedence (contract http.md 2.1). */
async function requireActor(c: Context, engine: Engine, appId: string): Promise<ProvenActor> {
  const asToken = c.req.header('as-token')
  if (asToken !== undefined) return requireTokenUser(engine, { appId, asToken })
  const asEmail = c.req.header('as-email')
  if (asEmail !== undefined) {
    const app = await requireAdminApp(engine, { appId, token: requireToken(c) })
    return {
      kind: 'user',
      app,
      user: await requireUserWithEmail(engine, { app, appId, email: asEmail }),
    }
  }
  if (c.req.header('as-guest') !== undefined) return { kind: 'guest' }
  return { ...admin, app: await requireAdminApp(engine, { appId, token: requireToken(c) }) }
}

async function requireTokenUser(
  engine: Engine,
  { appId, asToken }: { appId: string; asToken: string },
): Promise<ProvenActor> {
  if (!isUuid(asToken)) throw paramMalformed(['asUser', 'token'], asToken)
  const token = asToken.toLowerCase()
  const found = await findUserByToken(engine, { appId, token })
  if (!found) throw userNotFound({ 'app-id': appId, 'refresh-token': token })
  return { kind: 'user', ...found }
}

import type { Context } from 'hono'
import { type Actor, admin } from '@/backend/operations/actor'
import type { Engine } from '@/backend/operations/engine'
import { requireAdminApp, requireUserWithEmail, userNotFound } from '@/backend/operations/identify'
import type { AppKey } from '@/backend/schema/attr'
import { isUuid } from '@/lib/base/uuid'
import { notSupportedYet } from './errors'
import { paramMalformed, requireToken } from './params'

/** The app of a request and whom it is made as. */
export interface Caller {
  readonly app: AppKey
  readonly actor: Actor
}

/**
 * Resolves the identity headers in Instant's order of precedence (contract http.md 2.1). Rules
 * are not judged yet, so every identity but the admin's is refused: answering as the admin
 * instead would show what a rule hides.
 */
export async function requireCaller(c: Context, engine: Engine, appId: string): Promise<Caller> {
  const asToken = c.req.header('as-token')
  if (asToken !== undefined) {
    if (!isUuid(asToken)) throw paramMalformed(['asUser', 'token'], asToken)
    throw userNotFound({ 'app-id': appId, 'refresh-token': asToken })
  }
  const asEmail = c.req.header('as-email')
  if (asEmail !== undefined) {
    const app = await requireAdminApp(engine, { appId, token: requireToken(c) })
    await requireUserWithEmail(engine, { app, appId, email: asEmail })
    throw notSupportedYet('acting as a user')
  }
  if (c.req.header('as-guest') !== undefined) throw notSupportedYet('acting as a guest')
  return { app: await requireAdminApp(engine, { appId, token: requireToken(c) }), actor: admin }
}

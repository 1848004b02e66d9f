import { Hono } from 'hono'
import type { Engine } from '@/backend/operations/engine'
import { signInGuest } from '@/backend/operations/guests'
import { findAppKey, requireApp, userNotFound } from '@/backend/operations/identify'
import { sendMagicCode } from '@/backend/operations/magic-codes'
import { signOut } from '@/backend/operations/tokens'
import { findUserByToken } from '@/backend/operations/users'
import { codeNotFound, verifyMagicCode } from '@/backend/operations/verify-magic-code'
import { toRequestOrigin } from './actor'
import {
  bodyParams,
  optionalUuid,
  readExtraFields,
  requireEmail,
  requireText,
  requireUuid,
} from './auth-params'
import { readBody } from './params'
import { toWireSession } from './wire-user'

/**
 * Signing in and out from a client, which has no token of the app: anyone can post anything here
 * (contract http.md 3.10). The app is named by the body.
 */
export function runtimeAuthRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.post('/runtime/auth/send_magic_code', async (c) => {
    const body = bodyParams(await readBody(c))
    const appId = requireUuid(body, 'app-id')
    const email = requireEmail(body)
    const app = await requireApp(engine, appId)
    await sendMagicCode(engine, app, email)
    return c.json({ sent: true })
  })

  routes.post('/runtime/auth/verify_magic_code', async (c) => {
    const body = bodyParams(await readBody(c))
    const appId = requireUuid(body, 'app-id')
    const claim = {
      appId,
      email: requireEmail(body),
      code: requireText(body, 'code'),
      extraFields: readExtraFields(body),
      guestToken: optionalUuid(body, 'refresh-token'),
      requestOrigin: toRequestOrigin(c),
    }
    const app = await findAppKey(engine, appId)
    if (app === null) throw codeNotFound(claim)
    const session = await verifyMagicCode(engine, { app, ...claim })
    return c.json({ user: toWireSession(session, appId), created: session.created })
  })

  routes.post('/runtime/auth/verify_refresh_token', async (c) => {
    const body = bodyParams(await readBody(c))
    const appId = requireUuid(body, 'app-id')
    const token = requireUuid(body, 'refresh-token')
    const found = await findUserByToken(engine, { appId, token })
    if (!found) throw userNotFound({ 'app-id': appId, 'refresh-token': token })
    return c.json({ user: toWireSession({ user: found.user, token }, appId) })
  })

  routes.post('/runtime/auth/sign_in_guest', async (c) => {
    const body = bodyParams(await readBody(c))
    const appId = requireUuid(body, 'app-id')
    const extraFields = readExtraFields(body)
    const app = await requireApp(engine, appId)
    const session = await signInGuest(engine, app, {
      extraFields,
      requestOrigin: toRequestOrigin(c),
    })
    return c.json({ user: toWireSession(session, appId) })
  })

  routes.post('/runtime/signout', async (c) => {
    const body = bodyParams(await readBody(c))
    const appId = requireUuid(body, 'app_id')
    const token = requireUuid(body, 'refresh_token')
    const app = await findAppKey(engine, appId)
    if (app !== null) await signOut(engine, { app, appId }, { kind: 'token', token })
    return c.json({})
  })

  return routes
}

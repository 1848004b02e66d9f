import { type Context, Hono } from 'hono'
import { validationError } from '@/backend/engine-error'
import type { Engine } from '@/backend/operations/engine'
import { signInGuest } from '@/backend/operations/guests'
import { requireAdminApp } from '@/backend/operations/identify'
import { generateMagicCode, sendMagicCode } from '@/backend/operations/magic-codes'
import { readOutbox } from '@/backend/operations/outbox'
import { createToken, signOut, type TokenOwner } from '@/backend/operations/tokens'
import { deleteUser, getUser, type UserKey } from '@/backend/operations/users'
import { verifyMagicCode } from '@/backend/operations/verify-magic-code'
import {
  bodyParams,
  optionalEmail,
  optionalUserKey,
  optionalUuid,
  type Params,
  queryParams,
  readExtraFields,
  requireEmail,
  requireText,
} from './auth-params'
import { readBody, requireAppId, requireToken } from './params'
import { toWireSession, toWireUser } from './wire-user'

/**
 * Users, tokens and magic codes, for the holder of the admin token (contract http.md 2.8 to 2.14).
 * The token is checked before the body is looked at, and no rule is asked.
 */
export function authRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.get('/admin/users', async (c) => {
    const { app, appId } = await adminApp(c, engine)
    const user = await getUser(engine, app, requireUserKey(queryParams(c)))
    return c.json({ user: user && toWireUser(user, appId) })
  })
  routes.delete('/admin/users', async (c) => {
    const { app, appId } = await adminApp(c, engine)
    const user = await deleteUser(engine, app, requireUserKey(queryParams(c)))
    return c.json({ deleted: user && toWireUser(user, appId) })
  })

  routes.post('/admin/refresh_tokens', async (c) => {
    const { app, appId, body } = await adminRequest(c, engine)
    const extraFields = readExtraFields(body)
    const session = await createToken(engine, app, { ...requireOwner(body), extraFields })
    return c.json({ user: toWireSession(session, appId), created: session.created })
  })
  routes.post('/admin/sign_out', async (c) => {
    const { app, appId, body } = await adminRequest(c, engine)
    await signOut(engine, { app, appId }, requireSignOutKey(body))
    return c.json({ ok: true })
  })
  routes.post('/admin/sign_in_guest', async (c) => {
    const { app, appId, body } = await adminRequest(c, engine)
    const extraFields = readExtraFields(body)
    const session = await signInGuest(engine, app, { extraFields, requestOrigin: null })
    return c.json({ user: toWireSession(session, appId) })
  })

  routes.post('/admin/magic_code', async (c) => {
    const { app, body } = await adminRequest(c, engine)
    return c.json({ code: await generateMagicCode(engine, app, requireEmail(body)) })
  })
  routes.post('/admin/send_magic_code', async (c) => {
    const { app, body } = await adminRequest(c, engine)
    return c.json({ code: await sendMagicCode(engine, app, requireEmail(body)) })
  })
  routes.post('/admin/verify_magic_code', async (c) => {
    const { app, appId, body } = await adminRequest(c, engine)
    const session = await verifyMagicCode(engine, {
      app,
      appId,
      email: requireEmail(body),
      code: requireText(body, 'code'),
      extraFields: readExtraFields(body),
      guestToken: optionalUuid(body, 'refresh-token'),
      requestOrigin: null,
    })
    return c.json({ user: toWireSession(session, appId), created: session.created })
  })

  // Not Instant's: what this backend keeps instead of sending it.
  routes.get('/admin/outbox', async (c) => {
    const { app } = await adminApp(c, engine)
    return c.json({ messages: await readOutbox(engine, app) })
  })

  return routes
}

async function adminApp(c: Context, engine: Engine) {
  const appId = requireAppId(c)
  return { appId, app: await requireAdminApp(engine, { appId, token: requireToken(c) }) }
}

async function adminRequest(c: Context, engine: Engine) {
  return { ...(await adminApp(c, engine)), body: bodyParams(await readBody(c)) }
}

function requireUserKey(params: Params): UserKey {
  const key = optionalUserKey(params, ['email', 'refresh_token', 'id'])
  return key ?? refuse(params, 'Please provide a user id, email, or refresh_token')
}

function requireSignOutKey(params: Params): UserKey {
  const key = optionalUserKey(params, ['id', 'email', 'refresh_token'])
  return key ?? refuse(params, 'Please provide an `id`, `email`, or `refresh_token`')
}

function requireOwner(params: Params): TokenOwner {
  const email = optionalEmail(params)
  const id = optionalUuid(params, 'id')
  if (email !== null) return { email, id }
  if (id !== null) return { email, id }
  return refuse(params, 'Please provide an `email` or `id`')
}

function refuse({ place, values }: Params, message: string): never {
  throw validationError(place, values, [{ message }])
}

import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { type Actor, admin } from '@/backend/operations/actor'
import type { Engine } from '@/backend/operations/engine'
import {
  appNotFound,
  findAppKey,
  requireAdminApp,
  requireUserWithEmail,
  userNotFound,
} from '@/backend/operations/identify'
import type { RequestOrigin } from '@/backend/operations/judging/judge-context'
import { findUserByToken } from '@/backend/operations/users'
import type { AppKey } from '@/backend/schema/attr'
import { isUuid } from '@/lib/base/uuid'
import { paramMalformed, parseToken } from './params'

/** The app of a request, whom it is made as, and what rules may know of it. */
export interface Caller {
  readonly app: AppKey
  readonly actor: Actor
  readonly requestOrigin: RequestOrigin
  /** Where the caller reaches this server. */
  readonly serverOrigin: string
}

/**
 * Whom a request is made as, once the identity has been proved, in Instant's order of precedence
 * (contract http.md 2.1).
 */
export async function requireCaller(c: Context, engine: Engine, appId: string): Promise<Caller> {
  return identifyCaller(engine, appId, readCredentials(c))
}

/** All that a request says about who makes it. Plain data, which outlives the connection. */
export interface Credentials {
  readonly authorization: string | undefined
  readonly asToken: string | undefined
  readonly asEmail: string | undefined
  readonly asGuest: string | undefined
  readonly requestOrigin: RequestOrigin
  readonly serverOrigin: string
}

export function readCredentials(c: Context): Credentials {
  return {
    authorization: c.req.header('authorization'),
    asToken: c.req.header('as-token'),
    asEmail: c.req.header('as-email'),
    asGuest: c.req.header('as-guest'),
    requestOrigin: toRequestOrigin(c),
    serverOrigin: toServerOrigin(c),
  }
}

/** Whom credentials stand for by now. */
export async function identifyCaller(
  engine: Engine,
  appId: string,
  credentials: Credentials,
): Promise<Caller> {
  const { requestOrigin, serverOrigin } = credentials
  return { ...(await requireActor(engine, appId, credentials)), requestOrigin, serverOrigin }
}

/** Refuses to write to an app that is not there, which only a guest may name (http.md 2.1). */
export function requireAppOf(caller: Caller, appId: string): Caller {
  if (caller.app === noApp) throw appNotFound(appId)
  return caller
}

/** What rules may know of a request. */
export function toRequestOrigin(c: Context): RequestOrigin {
  return { ip: remoteAddress(c), origin: c.req.header('origin') ?? null }
}

/** The address that the client has used, so that links to this server work for it. */
export function toServerOrigin(c: Context): string {
  return new URL(c.req.url).origin
}

/** Null where there is no connection, as for a request made in the process itself. */
function remoteAddress(c: Context): string | null {
  const { incoming } = (c.env ?? {}) as Partial<HttpBindings>
  return incoming?.socket.remoteAddress ?? null
}

type ProvenActor = Pick<Caller, 'app' | 'actor'>

/** Keys start at 1, so this app has nothing in it. */
export const noApp = 0 as AppKey

async function requireActor(
  engine: Engine,
  appId: string,
  { authorization, asToken, asEmail, asGuest }: Credentials,
): Promise<ProvenActor> {
  if (asToken !== undefined) return requireTokenUser(engine, { appId, asToken })
  if (asEmail !== undefined) {
    const app = await requireAdminApp(engine, { appId, token: parseToken(authorization) })
    const user = await requireUserWithEmail(engine, { app, appId, email: asEmail })
    return { app, actor: { kind: 'user', user } }
  }
  if (asGuest !== undefined) {
    // A guest may name an app that is not there, and finds it empty (contract http.md 2.1).
    return { app: (await findAppKey(engine, appId)) ?? noApp, actor: { kind: 'guest' } }
  }
  const app = await requireAdminApp(engine, { appId, token: parseToken(authorization) })
  return { app, actor: admin }
}

async function requireTokenUser(
  engine: Engine,
  { appId, asToken }: { appId: string; asToken: string },
): Promise<ProvenActor> {
  if (!isUuid(asToken)) throw paramMalformed(['asUser', 'token'], asToken)
  const token = asToken.toLowerCase()
  const found = await findUserByToken(engine, { appId, token })
  if (!found) throw userNotFound({ 'app-id': appId, 'refresh-token': token })
  return { app: found.app, actor: { kind: 'user', user: found.user } }
}

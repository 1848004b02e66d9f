import type { Context } from 'hono'
import type { Engine } from '@/backend/operations/engine'
import { requireDashApp } from '@/backend/operations/identify'
import type { AppKey } from '@/backend/schema/attr'
import { isUuid } from '@/lib/base/uuid'
import { paramMalformed, readBody, requireToken } from './params'

/** The app named by the path, of which the caller holds the admin token (contract http.md 6.3). */
export async function dashApp(c: Context, engine: Engine): Promise<AppKey> {
  const appId = c.req.param('app_id') ?? ''
  if (!isUuid(appId)) throw paramMalformed(['params', 'app_id'], appId)
  return requireDashApp(engine, { appId, token: requireToken(c) })
}

/** That app and the body. */
export async function dashRequest(c: Context, engine: Engine) {
  return { app: await dashApp(c, engine), body: await readBody(c) }
}

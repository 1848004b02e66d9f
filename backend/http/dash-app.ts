import type { Context } from 'hono'
import { EngineError } from '@/backend/engine-error'
import type { Engine } from '@/backend/operations/engine'
import { requireDashApp } from '@/backend/operations/identify'
import type { AppKey } from '@/backend/schema/attr'
import type { JsonObject } from '@/lib/base/json'
import { findUnstorable } from '@/lib/base/some-text'
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
  return { app: await dashApp(c, engine), body: await readStorableBody(c) }
}

/** A body of which every text can be stored: names of a schema, rules and titles are. */
export async function readStorableBody(c: Context): Promise<JsonObject> {
  const body = await readBody(c)
  const found = findUnstorable(body)
  if (found === 'nul') throw unstorable('null bytes, which cannot be stored')
  if (found === 'surrogate') throw unstorable('characters that cannot be stored')
  return body
}

function unstorable(what: string): EngineError {
  return new EngineError('validation-failed', `A value in the request contains ${what}.`, {
    'data-type': 'body',
  })
}

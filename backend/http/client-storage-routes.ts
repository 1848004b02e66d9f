import { type Context, Hono } from 'hono'
import type { Actor } from '@/backend/operations/actor'
import type { Engine } from '@/backend/operations/engine'
import { deleteFiles } from '@/backend/operations/files/delete-files'
import type { FileCaller } from '@/backend/operations/files/storage-permission'
import { findDownloadUrl } from '@/backend/operations/files/stored-files'
import { uploadFile } from '@/backend/operations/files/upload-file'
import { consumeUploadUrl, createUploadUrl } from '@/backend/operations/files/upload-urls'
import { findAppKey } from '@/backend/operations/identify'
import { getUser } from '@/backend/operations/users'
import type { AppKey } from '@/backend/schema/attr'
import { isUuid } from '@/lib/base/uuid'
import { noApp, toRequestOrigin, toServerOrigin } from './actor'
import { bodyParams, requireUuid } from './auth-params'
import { findToken, paramMalformed, readBody, requireAppId } from './params'
import {
  readUpload,
  requireBodyFilename,
  requireFilename,
  requirePathHeader,
} from './storage-params'
import { toUploadUrl, toWireUpload } from './storage-routes'

/**
 * Files, for the client of web pages: anyone can send anything here (contract http.md 3.14). Whose
 * token is not known is a visitor, and the rules of `$files` decide.
 */
export function clientStorageRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.put('/storage/upload', async (c) => {
    const caller = await clientCaller(c, engine, requireAppId(c))
    const upload = { path: requirePathHeader(c), ...readUpload(c) }
    return c.json({ data: toWireUpload(await uploadFile(engine, caller, upload)) })
  })
  routes.delete('/storage/files', async (c) => {
    const caller = await clientCaller(c, engine, requireAppId(c))
    const [id] = await deleteFiles(engine, caller, [requireFilename(c)])
    return c.json({ data: { id: id ?? null } })
  })
  routes.post('/storage/signed-upload-url', async (c) => {
    const body = await readBody(c)
    const caller = await clientCaller(c, engine, requireUuid(bodyParams(body), 'app_id'))
    return c.json({
      data: toUploadUrl(c, await createUploadUrl(engine, caller, requireBodyFilename(body))),
    })
  })
  routes.get('/storage/signed-download-url', async (c) => {
    const caller = await clientCaller(c, engine, requireAppId(c))
    const wanted = { path: requireFilename(c), serverOrigin: toServerOrigin(c) }
    return c.json({ data: await findDownloadUrl(engine, caller, wanted) })
  })

  // Nobody is asked for: the URL itself says what it is for.
  routes.put('/storage/:id/consume-upload-url', async (c) => {
    const id = c.req.param('id')
    if (!isUuid(id)) throw paramMalformed(['params', 'upload-id'], id)
    const uploaded = await consumeUploadUrl(engine, id.toLowerCase(), readUpload(c))
    return c.json({ data: toWireUpload(uploaded) })
  })

  return routes
}

async function clientCaller(c: Context, engine: Engine, appId: string): Promise<FileCaller> {
  const app = (await findAppKey(engine, appId)) ?? noApp
  const actor = await clientActor(engine, app, findToken(c))
  return { app, appId, actor, requestOrigin: toRequestOrigin(c) }
}

async function clientActor(engine: Engine, app: AppKey, token: string | null): Promise<Actor> {
  const user = token === null ? null : await getUser(engine, app, { kind: 'token', token })
  return user ? { kind: 'user', user } : { kind: 'guest' }
}

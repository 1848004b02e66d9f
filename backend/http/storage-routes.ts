import { type Context, Hono } from 'hono'
import { admin } from '@/backend/operations/actor'
import type { Engine } from '@/backend/operations/engine'
import { deleteFiles } from '@/backend/operations/files/delete-files'
import { type FileRow, findDownloadUrl, readFiles } from '@/backend/operations/files/stored-files'
import { type Uploaded, uploadFile } from '@/backend/operations/files/upload-file'
import { createUploadUrl } from '@/backend/operations/files/upload-urls'
import { requireAdminApp } from '@/backend/operations/identify'
import { requireCaller, toRequestOrigin, toServerOrigin } from './actor'
import { readBody, requireAppId, requireToken } from './params'
import {
  readUpload,
  requireBodyFilename,
  requireFilename,
  requireFilenames,
  requirePathHeader,
} from './storage-params'

/**
 * Files, for the holder of the admin token or whom it acts as (contract http.md 2.16). Who asks is
 * proved before anything else is looked at.
 */
export function storageRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.put('/admin/storage/upload', async (c) => {
    const caller = await fileCaller(c, engine)
    const upload = { path: requirePathHeader(c), ...readUpload(c) }
    return c.json({ data: toWireUpload(await uploadFile(engine, caller, upload)) })
  })
  routes.delete('/admin/storage/files', async (c) => {
    const caller = await fileCaller(c, engine)
    const [id] = await deleteFiles(engine, caller, [requireFilename(c)])
    return c.json({ data: { id: id ?? null } })
  })
  routes.post('/admin/storage/files/delete', async (c) => {
    const caller = await fileCaller(c, engine)
    const ids = await deleteFiles(engine, caller, requireFilenames(await readBody(c)))
    return c.json({ data: { ids } })
  })

  // The deprecated ones act as the admin alone.
  routes.get('/admin/storage/files', async (c) => {
    const { app, appId } = await adminCaller(c, engine)
    const files = await readFiles(engine, app)
    return c.json({ data: files.map((file) => toWireFile(appId, file)) })
  })
  routes.post('/admin/storage/signed-upload-url', async (c) => {
    const caller = await adminCaller(c, engine)
    const id = await createUploadUrl(engine, caller, requireBodyFilename(await readBody(c)))
    return c.json({ data: toUploadUrl(c, id) })
  })
  routes.get('/admin/storage/signed-download-url', async (c) => {
    const caller = await adminCaller(c, engine)
    const wanted = { path: requireFilename(c), serverOrigin: toServerOrigin(c) }
    return c.json({ data: await findDownloadUrl(engine, caller, wanted) })
  })

  return routes
}

async function fileCaller(c: Context, engine: Engine) {
  const appId = requireAppId(c)
  return { appId, ...(await requireCaller(c, engine, appId)) }
}

async function adminCaller(c: Context, engine: Engine) {
  const appId = requireAppId(c)
  const app = await requireAdminApp(engine, { appId, token: requireToken(c) })
  return { app, appId, actor: admin, requestOrigin: toRequestOrigin(c) }
}

/** The address at which an upload URL is used. */
export function toUploadUrl(c: Context, id: string): string {
  return `${toServerOrigin(c)}/storage/${id}/consume-upload-url`
}

/** An upload as clients know it. */
export function toWireUpload({ id, locationId, sizeBytes }: Uploaded) {
  return { id, 'location-id': locationId, size: sizeBytes }
}

function toWireFile(appId: string, { path, sizeBytes, locationId }: FileRow) {
  const key = `${appId}/${locationId.slice(0, 2)}/${locationId}`
  return { key, name: path, size: sizeBytes, etag: null, last_modified: null }
}

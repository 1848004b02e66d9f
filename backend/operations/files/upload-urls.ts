import { EngineError } from '@/backend/engine-error'
import { insertUploadUrl, takeUploadUrl } from '@/backend/store/upload-urls'
import { admin } from '../actor'
import type { Engine } from '../engine'
import type { FileCaller } from './storage-permission'
import { admitFile, type Upload, type Uploaded, uploadFile } from './upload-file'

/** Makes the id of an upload URL for a path, if the caller may upload to it (contract http.md 2.16). */
export async function createUploadUrl(
  engine: Engine,
  caller: FileCaller,
  path: string,
): Promise<string> {
  const id = crypto.randomUUID()
  const unknown = { sizeBytes: 0, locationId: id, contentType: null, contentDisposition: null }
  await admitFile(engine, caller, { path, ...unknown })
  await insertUploadUrl(engine.db, { id, app: caller.app, path })
  return id
}

/** Stores a file by an upload URL, which is used up by it even when the upload fails. */
export async function consumeUploadUrl(
  engine: Engine,
  id: string,
  upload: Omit<Upload, 'path'>,
): Promise<Uploaded> {
  const url = await takeUploadUrl(engine.db, id)
  if (!url) throw refusal('record-not-found', 'Record not found: app-upload-url', id)
  if (url.isExpired) throw refusal('record-expired', 'Record expired: app-upload-url', id)
  // Whoever asked for the URL was allowed to; whoever has it acts for them.
  const caller = { ...url, actor: admin, requestOrigin: { ip: null, origin: null } }
  return uploadFile(engine, caller, { ...upload, path: url.path })
}

function refusal(type: string, message: string, id: string): EngineError {
  return new EngineError(type, message, {
    args: [{ 'upload-id': id }],
    'record-type': 'app-upload-url',
  })
}

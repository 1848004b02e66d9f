import 'server-only'
import { requireConnection } from '@/lib/instant/connection'
import { fetchFile } from '@/lib/instant/fetch-file'
import { filesNamespace, largestPicture, toStoredFile, whyNoPicture } from '@/lib/model/file'
import { InstantError } from '@/lib/model/instant-error'
import type { FileRequest } from '@/lib/model/requests/file'
import { fetchRecords } from './fetch-records'
import { requireRole, type Viewer } from './viewer'

/** A picture as it is stored. */
export interface Picture {
  readonly contentType: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * The picture of a record of `$files` that the request's identity sees. Raises `unknown-record` when it
 * sees none, and `no-picture` when the file is not to be shown as one.
 */
export async function readPicture(
  viewer: Viewer,
  request: FileRequest,
  signal?: AbortSignal,
): Promise<Picture> {
  requireRole(viewer, 'read')
  const query = { [filesNamespace]: { $: { where: { id: request.id } } } }
  const [record] = await fetchRecords({ ...request, namespace: filesNamespace }, { query, signal })
  if (!record) {
    throw new InstantError({
      code: 'unknown-record',
      message: `There is no file ${request.id}, or the rules do not show it to whom you act as.`,
    })
  }
  const file = toStoredFile(record)
  const refusal = whyNoPicture(file)
  if (refusal !== null || file.url === null || file.contentType === null) {
    throw new InstantError({ code: 'no-picture', message: refusal ?? 'It is no picture.' })
  }
  const connection = await requireConnection(request.appId)
  const bytes = await fetchFile(connection, { url: file.url, limit: largestPicture, signal })
  return { contentType: file.contentType, bytes }
}

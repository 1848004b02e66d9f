import type { BlobKey, ByteRange } from '@/backend/files/blob-store'
import type { LinkProof } from '@/backend/files/link-signer'
import type { AppKey } from '@/backend/schema/attr'
import {
  type FileRow,
  findFileByLocation,
  findFilesByPath,
  listFiles,
} from '@/backend/store/find-files'
import { refuseUnstorableText } from '../../transact/unstorable-text'
import type { Engine } from '../engine'
import { findAppKey } from '../identify'
import { signFileUrl } from './file-url'
import { type FileCaller, requireStoragePermission } from './storage-permission'

export type { FileRow } from '@/backend/store/find-files'

/** Every file of an app, the oldest first. */
export async function readFiles(
  { db, readSchema }: Engine,
  app: AppKey,
): Promise<readonly FileRow[]> {
  return db.transaction(
    async (tx) => listFiles(tx, { app, schema: await readSchema(tx, app) }),
    'read',
  )
}

/** A link to the bytes of the file at a path, if the caller may view it; null when there is none. */
export async function findDownloadUrl(
  engine: Engine,
  caller: FileCaller,
  { path, serverOrigin }: { readonly path: string; readonly serverOrigin: string },
): Promise<string | null> {
  refuseUnstorableText(path)
  await requireStoragePermission(engine, caller, { action: 'view', paths: [path] })
  const { app, appId } = caller
  const [file] = await engine.db.transaction(
    async (tx) => findFilesByPath(tx, { app, schema: await engine.readSchema(tx, app) }, [path]),
    'read',
  )
  return file ? signFileUrl(engine, serverOrigin, { appId, locationId: file.locationId }) : null
}

/** What a link opens. */
export interface Download {
  readonly file: FileRow
  /** The bytes; null when the store has lost them. */
  read(range: ByteRange | null): Promise<ReadableStream<Uint8Array> | null>
}

/** Whether a link is one of ours and still good. */
export function isGoodLink({ files }: Engine, key: BlobKey, proof: LinkProof): boolean {
  return files.links.verify(key, proof, Date.now())
}

/** The file that has the bytes now; null once it has been deleted or got others. */
export async function findDownload(engine: Engine, key: BlobKey): Promise<Download | null> {
  const { db, readSchema, files } = engine
  const app = await findAppKey(engine, key.appId)
  if (app === null) return null
  const file = await db.transaction(
    async (tx) =>
      findFileByLocation(tx, { app, schema: await readSchema(tx, app) }, key.locationId),
    'read',
  )
  return file && { file, read: (range) => files.blobs.get(key, range) }
}

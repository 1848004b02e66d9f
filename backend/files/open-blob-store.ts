import { join } from 'node:path'
import type { BlobStore } from './blob-store'
import type { FileSettings } from './file-storage'
import { openLocalBlobStore } from './local-blob-store'
import { openS3BlobStore } from './s3-blob-store'

/** The bucket that the settings name, or a folder of the data directory. */
export function openBlobStore(
  { s3 }: FileSettings,
  { dataDir, isOwn }: { readonly dataDir: string; readonly isOwn: boolean },
): Promise<BlobStore> {
  return s3 ? openS3BlobStore(s3) : openLocalBlobStore({ folder: join(dataDir, 'files'), isOwn })
}

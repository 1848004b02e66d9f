import type { FileSettings, FileStorage } from '@/backend/files/file-storage'
import { newLinkKey } from '@/backend/files/link-key'
import { createLinkSigner } from '@/backend/files/link-signer'
import { openBlobStore } from '@/backend/files/open-blob-store'
import type { Database } from '@/backend/store/database'
import { shareSecret } from '@/backend/store/secrets'

/**
 * Where files are kept and how links to them are signed. The key is in the store, so that all
 * processes on it accept each other's links, and a store that moves takes it along.
 */
export async function openFileStorage(
  db: Database,
  settings: FileSettings,
  { dataDir }: { readonly dataDir: string },
): Promise<FileStorage> {
  const key = await shareSecret(db, 'file links', newLinkKey())
  return {
    // PGlite has locked the data directory for this process.
    blobs: await openBlobStore(settings, { dataDir, isOwn: db.kind === 'pglite' }),
    links: createLinkSigner(key),
    sizeLimitBytes: settings.sizeLimitBytes,
  }
}

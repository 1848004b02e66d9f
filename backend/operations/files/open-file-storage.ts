import { join } from 'node:path'
import type { FileSettings, FileStorage } from '@/backend/files/file-storage'
import { newLinkKey, readLinkKey } from '@/backend/files/link-key'
import { createLinkSigner } from '@/backend/files/link-signer'
import { openBlobStore } from '@/backend/files/open-blob-store'
import type { Database } from '@/backend/store/database'
import { shareSecret } from '@/backend/store/secrets'

/**
 * Where files are kept and how links to them are signed. The key is in the data directory; with a
 * Postgres server, which several processes may share, it is in a table, so that each of them accepts
 * the links of all.
 */
export async function openFileStorage(
  db: Database,
  settings: FileSettings,
  { dataDir }: { readonly dataDir: string },
): Promise<FileStorage> {
  const key =
    db.kind === 'postgres'
      ? await shareSecret(db, 'file links', newLinkKey())
      : await readLinkKey(join(dataDir, 'file-links.key'))
  return {
    // PGlite has locked the data directory for this process.
    blobs: await openBlobStore(settings, { dataDir, isOwn: db.kind === 'pglite' }),
    links: createLinkSigner(key),
    sizeLimitBytes: settings.sizeLimitBytes,
  }
}

import type { BlobStore } from './blob-store'
import { newLinkKey } from './link-key'
import { createLinkSigner, type LinkSigner } from './link-signer'
import { createMemoryBlobStore } from './memory-blob-store'
import type { S3Settings } from './s3-blob-store'

/** Where the contents of files are kept, how links to them are signed, how large they may be. */
export interface FileStorage {
  readonly blobs: BlobStore
  readonly links: LinkSigner
  readonly sizeLimitBytes: number
}

/** How the environment wants files to be kept. */
export interface FileSettings {
  readonly sizeLimitBytes: number
  /** Null for the data directory. */
  readonly s3: S3Settings | null
}

export const defaultSizeLimitBytes = 1_000_000_000

/** Files that are gone when the process ends, and links that no other process accepts. */
export function createMemoryStorage(): FileStorage {
  return {
    blobs: createMemoryBlobStore(),
    links: createLinkSigner(newLinkKey()),
    sizeLimitBytes: defaultSizeLimitBytes,
  }
}

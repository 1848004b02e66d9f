/**
 * Where the bytes of one upload are. Both parts are uuids of ours, so no text of a client is ever
 * part of a name in a file system or a bucket.
 */
export interface BlobKey {
  readonly appId: string
  readonly locationId: string
}

/** Bytes from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/** Keeps bytes that never change: an upload gets a new key, also when it replaces a file. */
export interface BlobStore {
  /**
   * Takes the bytes as they come. Once it resolves they are safe; when it or the source fails,
   * nothing of them is left.
   */
  put(key: BlobKey, source: AsyncIterable<Uint8Array>): Promise<void>
  /** The bytes, or some of them; null when there are none under the key. */
  get(key: BlobKey, range: ByteRange | null): Promise<ReadableStream<Uint8Array> | null>
  /** Deletes the bytes; that there are none is no error. */
  delete(key: BlobKey): Promise<void>
}

/** The name of a key where bytes are kept; `bin` spreads an app's files over 256 folders. */
export function blobName({ appId, locationId }: BlobKey): string {
  return `${appId}/${locationId.slice(0, 2)}/${locationId}`
}

import { type BlobKey, type BlobStore, blobName } from './blob-store'

/** Bytes in memory, for as long as the process lives: what an engine does that is given no place. */
export function createMemoryBlobStore(): BlobStore {
  const blobs = new Map<string, Uint8Array>()
  return {
    async put(key: BlobKey, source) {
      const chunks: Uint8Array[] = []
      for await (const chunk of source) chunks.push(chunk)
      blobs.set(blobName(key), Buffer.concat(chunks))
    },
    async get(key, range) {
      const bytes = blobs.get(blobName(key))
      if (!bytes) return null
      const wanted = range ? bytes.subarray(range.start, range.end + 1) : bytes
      return new Blob([new Uint8Array(wanted)]).stream()
    },
    async delete(key) {
      blobs.delete(blobName(key))
    },
  }
}

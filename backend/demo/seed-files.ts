import type { BlobStore } from '@/backend/files/blob-store'
import { insertAttachedBlobs } from '@/backend/store/blobs'
import type { Queryable } from '@/backend/store/database'
import { demoFiles } from './knowledge'

/** An app of the demo's kind, whose records and files follow from their number. */
export interface SeedSource {
  readonly appId: string
  readonly total: number
}

const atOnce = 8
const batchSize = 1_000

/** Puts the bytes of an app's files where bytes are kept. Doing so twice does no harm. */
export async function putSeedFiles(blobs: BlobStore, { appId, total }: SeedSource): Promise<void> {
  const files = demoFiles(total)[Symbol.iterator]()
  const work = async () => {
    for (let next = files.next(); !next.done; next = files.next()) {
      const { locationId, bytes } = next.value
      await blobs.put({ appId, locationId }, chunks(bytes))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

/** Notes which row has which bytes, so that they go when it does. */
export async function noteSeedFiles(db: Queryable, { appId, total }: SeedSource): Promise<void> {
  let batch: { locationId: string; fileId: string }[] = []
  for (const { id, locationId } of demoFiles(total)) {
    batch.push({ locationId, fileId: id })
    if (batch.length < batchSize) continue
    await insertAttachedBlobs(db, appId, batch)
    batch = []
  }
  await insertAttachedBlobs(db, appId, batch)
}

async function* chunks(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

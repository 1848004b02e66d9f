import { deleteBlob, findReleasedBlobs } from '@/backend/store/blobs'
import type { Engine } from '../engine'

const batchSize = 100

/**
 * Deletes bytes that no row of `$files` has or will have: of deleted and replaced files, of uploads
 * that failed, and of uploads whose process died more than a day ago. Several processes may do so at
 * once. Bytes go first and the note of them after, so what fails is tried again.
 */
export async function sweepBlobs({ db, files }: Engine): Promise<void> {
  for (;;) {
    const released = await findReleasedBlobs(db, batchSize)
    for (const key of released) {
      await files.blobs.delete(key)
      await deleteBlob(db, key)
    }
    if (released.length < batchSize) return
  }
}

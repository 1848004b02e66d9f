import { deleteBlob, findReleasedBlobs, releaseBlobsOfGoneApps } from '@/backend/store/blobs'
import type { Engine } from '../engine'

const batchSize = 100
const intervalMs = 10_000

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

/** Sweeps now and every few seconds; call what is returned, and wait for it, before closing the store. */
export function startSweeping(engine: Engine): () => Promise<void> {
  let running: Promise<void> | null = null
  const start = (work: Promise<void>) => {
    running = work.catch(report).finally(() => {
      running = null
    })
  }
  start(releaseBlobsOfGoneApps(engine.db).then(() => sweepBlobs(engine)))
  const timer = setInterval(() => {
    if (!running) start(sweepBlobs(engine))
  }, intervalMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}

// A store that is away now is asked again at the next tick.
function report(error: unknown): void {
  console.error('Could not delete the bytes of deleted files:', error)
}

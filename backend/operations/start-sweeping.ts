import { releaseBlobsOfGoneApps } from '@/backend/store/blobs'
import { purgeDeletedAttrs } from '@/backend/store/deleted-attrs'
import type { Engine } from './engine'
import { sweepBlobs } from './files/sweep-blobs'

const intervalMs = 10_000
/** Deleted attributes wait for days: an hour more is nothing. */
const purgeEvery = 360

/**
 * Removes for good what nobody can ask for any more, now and every few seconds. Call what is
 * returned, and wait for it, before closing the store.
 */
export function startSweeping(engine: Engine): () => Promise<void> {
  let running: Promise<void> | null = null
  let ticks = 0
  const start = (work: Promise<void>) => {
    running = work.catch(report).finally(() => {
      running = null
    })
  }
  const sweep = async () => {
    await sweepBlobs(engine)
    await engine.changes.prune()
    if (ticks % purgeEvery === 0) await purgeDeletedAttrs(engine.db)
    ticks += 1
  }
  start(releaseBlobsOfGoneApps(engine.db).then(sweep))
  const timer = setInterval(() => {
    if (!running) start(sweep())
  }, intervalMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}

// A store that is away now is asked again at the next tick.
function report(error: unknown): void {
  console.error('Could not remove what was deleted:', error)
}

import { countStarts } from '@/backend/store/jobs'
import type { Engine } from '../engine'
import { wakeJobs } from './run-jobs'

/** How long jobs wait whose process has gone, or whose store was away. */
const lookEveryMs = 5_000

/**
 * Goes on with the jobs that an end of the process has left open, and looks for such of other
 * processes from time to time. Call what is returned, and wait for it, before closing the store.
 */
export async function startJobs(engine: Engine): Promise<() => Promise<void>> {
  await countStarts(engine.db)
  wakeJobs(engine)
  const timer = setInterval(wakeJobs, lookEveryMs, engine)
  return async () => {
    clearInterval(timer)
    await engine.jobs.stop()
  }
}

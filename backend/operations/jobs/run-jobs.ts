import { setImmediate } from 'node:timers/promises'
import type { AppKey } from '@/backend/schema/attr'
import type { JobFailure } from '@/backend/schema/job'
import type { Topics } from '@/backend/schema/topics'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import { claimJob, findAppsWithJobs, isHopeless, type OpenJob, saveJob } from '@/backend/store/jobs'
import { isConnectionLoss, SqlError } from '@/backend/store/sql-error'
import { StoreError } from '@/backend/store/store-error'
import type { Engine } from '../engine'
import { writeApp } from '../write-app'
import { advanceJob } from './advance-job'
import { type Advanced, abandonJob, batchSize, endJob } from './job-work'

const schemaTopics: Topics = new Map([['schema', null]])
const unexpected: JobFailure = { error: 'unexpected-error', sample: [] }

/** Lets this process work on the jobs that there are. */
export function wakeJobs(engine: Engine): void {
  engine.jobs.wake((signal) => runJobs(engine, signal))
}

/**
 * Works on jobs, a batch of each app at a time, until none is left or the signal aborts. Several
 * processes may do so: a batch and what it leaves of the job are one transaction, which has the job
 * for itself.
 */
async function runJobs(engine: Engine, signal: AbortSignal): Promise<void> {
  for (;;) {
    let hasWorked = false
    for (const app of await findAppsWithJobs(engine.db)) {
      if (signal.aborted) return
      if (await runBatch(engine, app)) hasWorked = true
      // PGlite answers without ever waiting, so nobody else would have a turn.
      await setImmediate()
    }
    if (!hasWorked) return
  }
}

/** False when there was nothing to do, or another process does it. */
export async function runBatch(engine: Engine, app: AppKey): Promise<boolean> {
  try {
    return await withJob(engine, app, async (tx, job) => {
      if (await isHopeless(tx, job.seq)) return giveUp(tx, { app, job })
      return advanceJob(tx, { app, schema: await engine.readSchema(tx, app) }, job)
    })
  } catch (error) {
    if (isStoreAway(error)) throw error
    console.error('An indexing job has failed:', error)
    return withJob(engine, app, (tx, job) => giveUp(tx, { app, job }))
  }
}

async function withJob(
  engine: Engine,
  app: AppKey,
  work: (tx: Queryable, job: OpenJob) => Promise<Advanced>,
): Promise<boolean> {
  const { result } = await writeApp(engine, app, async (tx) => {
    const job = await claimJob(tx, app)
    if (!job) return { result: null, topics: null }
    const advanced = await work(tx, job)
    await saveJob(tx, advanced.job, advanced.isDone)
    // Until Postgres has looked at rows by itself, in a minute or so, it plans as if there were none.
    const isLarge = (advanced.job.estimate ?? 0) >= batchSize
    if (advanced.isDone && isLarge) await tx.query(sql`analyze entities, index_values`)
    return { result: advanced, topics: isShown(job, advanced) ? schemaTopics : null }
  })
  // The index may have taken the place of one that had an index for searching inside texts.
  if (result?.isDone) engine.trigrams.tidy()
  return result !== null
}

/** Whether queries may be answered otherwise from now on. */
function isShown(before: OpenJob, { job, isDone }: Advanced): boolean {
  if (before.stage === 'clean') return false
  return isDone || (job.stage !== before.stage && job.stage !== 'scan')
}

/** Of what is in force already, only what was left to do is given up. */
async function giveUp(
  tx: Queryable,
  { app, job }: { readonly app: AppKey; readonly job: OpenJob },
): Promise<Advanced> {
  const isInForce = job.stage === 'nulls' || job.stage === 'clean'
  return isInForce
    ? endJob({ ...job, failure: unexpected })
    : abandonJob(tx, { app, job }, unexpected)
}

/** Then nothing is wrong with the job, which goes on when the store is there again. */
function isStoreAway(error: unknown): boolean {
  return error instanceof StoreError || (error instanceof SqlError && isConnectionLoss(error))
}

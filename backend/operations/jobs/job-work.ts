import type { AppKey } from '@/backend/schema/attr'
import type { JobFailure } from '@/backend/schema/job'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import { bumpSchemaVersion } from '@/backend/store/insert-attrs'
import { takeNoted } from '@/backend/store/job-entities'
import type { OpenJob } from '@/backend/store/jobs'

export interface JobContext {
  readonly app: AppKey
  readonly schema: Schema
}

/** What a batch has made of a job. */
export interface Advanced {
  readonly job: OpenJob
  readonly isDone: boolean
}

/** How many entities, or index rows, a batch goes through: some ten milliseconds. */
export const batchSize = 1_000

/** The job with nothing left to do. */
export function endJob(job: OpenJob): Advanced {
  const status = job.failure ? 'errored' : job.isUnwanted ? 'canceled' : 'completed'
  const estimate = job.estimate ?? 1
  const completed = status === 'completed' ? estimate : job.completed
  return { job: { ...job, status, stage: null, estimate, completed }, isDone: true }
}

/** The job with index rows left to remove, if there are any. */
export function cleanLater(job: OpenJob): Advanced {
  return job.staleKey === null ? endJob(job) : { job: { ...job, stage: 'clean' }, isDone: false }
}

/** Gives a job up that has not changed its attribute; without a failure it was called off. */
export async function abandonJob(
  tx: Queryable,
  { app, job }: { readonly app: AppKey; readonly job: OpenJob },
  failure: JobFailure | null,
): Promise<Advanced> {
  await takeNoted(tx, job.seq)
  await bumpSchemaVersion(tx, app)
  return cleanLater({
    ...job,
    failure,
    status: 'processing',
    indexKey: null,
    staleKey: job.indexKey,
  })
}

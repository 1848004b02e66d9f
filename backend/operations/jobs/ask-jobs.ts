import { EngineError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import { toWireJob } from '@/backend/schema/job'
import { callOffJob, findJob, readJobGroup } from '@/backend/store/jobs'
import { readApp } from '@/backend/store/read-app'
import type { JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import type { Engine } from '../engine'
import { wakeJobs } from './run-jobs'

/** `GET …/indexing-jobs/group/:id` (contract http.md 6.4): none for a group that is not known. */
export async function readJobs({ db }: Engine, app: AppKey, groupId: string): Promise<JsonObject> {
  if (!isUuid(groupId)) return { jobs: [] }
  const { id: appId } = await readApp(db, app)
  const jobs = await readJobGroup(db, app, groupId)
  return { jobs: jobs.map((job) => toWireJob(job, appId)) }
}

/**
 * Calls a job off, and answers with it. It ends before its next batch, with the attribute as it was;
 * one that has changed its attribute already is too late to be called off, and is done.
 */
export async function cancelJob(engine: Engine, app: AppKey, jobId: string): Promise<JsonObject> {
  const { db } = engine
  await callOffJob(db, app, jobId)
  wakeJobs(engine)
  const job = await findJob(db, app, jobId)
  if (!job) {
    throw new EngineError('record-not-found', 'Record not found: indexing-job', {
      'record-type': 'indexing-job',
    })
  }
  return { job: toWireJob(job, (await readApp(db, app)).id) }
}

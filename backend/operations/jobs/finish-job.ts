import type { Queryable } from '@/backend/store/database'
import { addNulls, nextIds, removeIndexRows } from '@/backend/store/index-rows'
import type { OpenJob } from '@/backend/store/jobs'
import { type Advanced, batchSize, cleanLater, endJob, type JobContext } from './job-work'

/**
 * Gives the next entities the null that an indexed attribute has where there is no value. There is
 * nothing to do any more once the attribute is not indexed, or not there.
 */
export async function addSomeNulls(
  tx: Queryable,
  { app, schema }: JobContext,
  job: OpenJob,
): Promise<Advanced> {
  const { namespace } = job
  const attr = schema.attrById(job.step.attrId)
  const isThere = attr?.isIndexed && schema.namespaceKey(attr.forward.namespace) === namespace
  if (!isThere || namespace === null) return cleanLater(job)
  const page = { after: job.cursor, limit: batchSize }
  const ids = await nextIds(tx, { app, namespace }, page)
  await addNulls(tx, { app, namespace, ids }, attr.key)
  const completed = Math.min(job.completed + ids.length, job.estimate ?? 0)
  const moved = { ...job, completed, cursor: ids.at(-1) ?? job.cursor }
  return ids.length < batchSize ? cleanLater(moved) : { job: moved, isDone: false }
}

/** Removes index rows that nobody reads. */
export async function cleanSome(
  tx: Queryable,
  { app }: JobContext,
  job: OpenJob,
): Promise<Advanced> {
  const { staleKey } = job
  if (staleKey === null) return endJob(job)
  const isLeft = await removeIndexRows(tx, { app, key: staleKey, limit: batchSize })
  return isLeft ? { job, isDone: false } : endJob({ ...job, staleKey: null })
}

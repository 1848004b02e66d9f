import { type Attr, indexColumn } from '@/backend/schema/attr'
import { alterAttr, storeAttr } from '@/backend/store/alter-attr'
import type { Queryable } from '@/backend/store/database'
import { newIndexKey } from '@/backend/store/index-rows'
import type { OpenJob } from '@/backend/store/jobs'
import { type Advanced, cleanLater, endJob, type JobContext } from './job-work'
import { hasSameRows } from './scan-entities'

/**
 * Changes the attribute, for which all is ready: index rows change by changing the number under which
 * they are found, so it takes no longer for many than for few.
 */
export async function putInForce(
  tx: Queryable,
  context: JobContext,
  { job, from, to }: { readonly job: OpenJob; readonly from: Attr; readonly to: Attr },
): Promise<Advanced> {
  const begun = { ...job, status: 'processing', cursor: null, indexKey: null } as const
  if (from.kind === 'link' || to.kind === 'link') {
    await alterAttr(tx, context, { from, to })
    return endJob(begun)
  }
  const isLeft = indexColumn(from) !== null && !hasSameRows(from, to)
  // Rows that are about to be removed must not be under the number that rows to come will have.
  const fresh = isLeft && job.indexKey === null ? await newIndexKey(tx, context.app) : null
  const indexKey = fresh ?? job.indexKey ?? from.indexKey
  await storeAttr(tx, context.app, { ...to, indexKey })
  const changed = { ...begun, staleKey: isLeft ? from.indexKey : null }
  return job.step.type === 'index' && job.stage === 'scan'
    ? { job: { ...changed, stage: 'nulls' }, isDone: false }
    : cleanLater(changed)
}

import type { Attr } from '@/backend/schema/attr'
import { constrainAttr } from '@/backend/schema/change-attr'
import type { JobFailure } from '@/backend/schema/job'
import type { Queryable } from '@/backend/store/database'
import { countEntities, newIndexKey } from '@/backend/store/index-rows'
import { bumpSchemaVersion } from '@/backend/store/insert-attrs'
import type { OpenJob } from '@/backend/store/jobs'
import { loadSchema } from '@/backend/store/load-schema'
import { findFailure } from './find-failure'
import { addSomeNulls, cleanSome } from './finish-job'
import { type Advanced, abandonJob, batchSize, type JobContext } from './job-work'
import { putInForce } from './put-in-force'
import { needsRows, needsScan, scanSome } from './scan-entities'

const invalidState: JobFailure = { error: 'invalid-attr-state-error', sample: [] }
/** Two values that are alike for the index and not for us. */
const unexplained: JobFailure = { error: 'unexpected-error', sample: [] }

/**
 * Does the next part of a job. Until its scan has been through all entities the attribute is as it
 * was, for readers and writers alike. What is written meanwhile is looked at once more, and the
 * part that finds nothing left to look at changes the attribute as well: so nothing can come in
 * between. Expects to be alone with the app.
 */
export async function advanceJob(
  tx: Queryable,
  context: JobContext,
  job: OpenJob,
): Promise<Advanced> {
  let advanced = await takeStep(tx, context, job)
  // Of few entities all is done at once: most jobs are those of a schema that is new.
  while (job.stage === null && !advanced.isDone && (advanced.job.estimate ?? 0) < batchSize) {
    const isChanged = advanced.job.stage !== 'scan'
    const schema = isChanged ? await loadSchema(tx, context.app) : context.schema
    advanced = await takeStep(tx, { ...context, schema }, advanced.job)
  }
  return advanced
}

function takeStep(tx: Queryable, context: JobContext, job: OpenJob): Promise<Advanced> {
  switch (job.stage) {
    case null:
      return begin(tx, context, job)
    case 'scan':
      return scan(tx, context, job)
    case 'nulls':
      return addSomeNulls(tx, context, job)
    case 'clean':
      return cleanSome(tx, context, job)
  }
}

async function begin(tx: Queryable, context: JobContext, job: OpenJob): Promise<Advanced> {
  const { app, schema } = context
  if (job.isUnwanted) return abandonJob(tx, { app, job }, null)
  const from = schema.attrById(job.step.attrId)
  if (from?.catalog !== 'user') return abandonJob(tx, { app, job }, invalidState)
  const to = constrainAttr(from, job.step)
  const namespace = schema.namespaceKey(from.forward.namespace)
  if (namespace === undefined || !needsScan(job.step, from, to)) {
    const failure = await findFailure(tx, context, { step: job.step, to })
    if (failure) return abandonJob(tx, { app, job }, failure)
    return putInForce(tx, context, { job, from, to })
  }
  const count = await countEntities(tx, { app, namespace })
  // From now on writers note what they change.
  await bumpSchemaVersion(tx, app)
  return {
    job: {
      ...job,
      stage: 'scan',
      status: 'processing',
      attrState: stateOf(from),
      namespace,
      indexKey: needsRows(from, to) ? await newIndexKey(tx, app) : null,
      estimate: job.step.type === 'index' ? 2 * count : count,
    },
    isDone: false,
  }
}

async function scan(tx: Queryable, context: JobContext, job: OpenJob): Promise<Advanced> {
  const { app, schema } = context
  const { namespace } = job
  if (job.isUnwanted) return abandonJob(tx, { app, job }, null)
  const from = schema.attrById(job.step.attrId)
  const isSame =
    from !== undefined &&
    stateOf(from) === job.attrState &&
    schema.namespaceKey(from.forward.namespace) === namespace
  if (!isSame || namespace === null) return abandonJob(tx, { app, job }, invalidState)
  const to = constrainAttr(from, job.step)
  const { isRefused, isThrough, cursor, count } = await scanSome(tx, context, {
    job,
    namespace,
    to,
  })
  if (isRefused) {
    const failure = await findFailure(tx, context, { step: job.step, to })
    return abandonJob(tx, { app, job }, failure ?? unexplained)
  }
  const completed = Math.min(job.completed + count, job.estimate ?? 0)
  const moved = { ...job, cursor, completed }
  if (isThrough) return putInForce(tx, context, { job: moved, from, to })
  return { job: moved, isDone: false }
}

/** What a scan relies on: it is in vain where somebody changes it meanwhile. */
function stateOf(attr: Attr): string {
  const type = attr.kind === 'data' ? attr.checkedType : null
  return JSON.stringify(
    [attr.key, attr.isUnique, attr.isIndexed, attr.isRequired, type].map(String),
  )
}

import { raw, sql } from '@/backend/sql/sql'
import type { AppKey, AttrKey, CheckedType, ConstraintType, NamespaceKey } from '../schema/attr'
import type { Job, JobFailure, JobStatus } from '../schema/job'
import type { ConstraintStep } from '../schema/plan-step'
import type { Queryable } from './database'

/** A job while it is worked on: what the next batch needs to know. */
export interface OpenJob {
  readonly seq: number
  readonly step: ConstraintStep
  /**
   * Null before it begins. `scan` looks at every entity and makes index rows that nobody reads yet;
   * after that the constraint is in force. `nulls` gives entities their null, `clean` removes index
   * rows that nobody reads any more.
   */
  readonly stage: 'scan' | 'nulls' | 'clean' | null
  readonly status: JobStatus
  /** What must not change of the attribute during the scan, in a form to be compared. */
  readonly attrState: string | null
  readonly namespace: NamespaceKey | null
  /** Number of the index rows that the scan makes; null when it makes none. */
  readonly indexKey: AttrKey | null
  /** Number of the index rows to be removed at the end. */
  readonly staleKey: AttrKey | null
  /** The last entity of the pass so far. */
  readonly cursor: string | null
  readonly estimate: number | null
  readonly completed: number
  readonly failure: JobFailure | null
  /** Somebody has called it off. */
  readonly isUnwanted: boolean
}

/** A job that has not changed its attribute yet. `ns` is where it looks at all entities, if it does. */
export interface PendingJob {
  readonly seq: number
  readonly attrId: string
  readonly type: ConstraintType
  readonly ns: NamespaceKey | null
}

/** A job that is begun again so often without any batch being done is given up. */
const mostStarts = 5

/** Stores jobs to be done in this order, and forgets those that ended more than a day ago. */
export async function insertJobs(
  tx: Queryable,
  app: AppKey,
  { groupId, ids }: { readonly groupId: string; readonly ids: ReadonlyMap<ConstraintStep, string> },
): Promise<void> {
  await tx.query(sql`delete from jobs where app = ${app} and done_at < now() - interval '1 day'`)
  const steps = [...ids.keys()]
  await tx.query(sql`
    insert into jobs (app, id, group_id, attr_id, namespace, label, type, checked_type)
    select ${app}::int, w.id, ${groupId}::uuid, w.attr_id, w.namespace, w.label, w.type, w.checked_type
    from unnest(
      ${[...ids.values()]}::uuid[],
      ${steps.map(({ attrId }) => attrId)}::uuid[],
      ${steps.map(({ name }) => name.namespace)}::text[],
      ${steps.map(({ name }) => name.label)}::text[],
      ${steps.map(({ type }) => type)}::text[],
      ${steps.map(({ checkedType }) => checkedType)}::text[]
    ) with ordinality w(id, attr_id, namespace, label, type, checked_type, n)
    order by w.n`)
}

/** The jobs of a group, in their order; none when it is not known. */
export async function readJobGroup(
  db: Queryable,
  app: AppKey,
  groupId: string,
): Promise<readonly Job[]> {
  const rows = await db.query<JobRow>(sql`
    select ${jobColumns} from jobs where app = ${app} and group_id = ${groupId} order by seq`)
  return rows.map(toJob)
}

/** A job by its id. */
export async function findJob(db: Queryable, app: AppKey, id: string): Promise<Job | null> {
  const [row] = await db.query<JobRow>(
    sql`select ${jobColumns} from jobs where app = ${app} and id = ${id}`,
  )
  return row ? toJob(row) : null
}

/** The jobs of an app that have not changed their attribute yet, in their order. */
export async function readPendingJobs(db: Queryable, app: AppKey): Promise<readonly PendingJob[]> {
  return db.query<PendingJob>(sql`
    select seq, attr_id as "attrId", type, case when stage = 'scan' then ns end as ns from jobs
    where app = ${app} and done_at is null and (stage is null or stage = 'scan') order by seq`)
}

/** The apps that have work left to do, those that have waited longest first. */
export async function findAppsWithJobs(db: Queryable): Promise<readonly AppKey[]> {
  const rows = await db.query<{ app: AppKey }>(
    sql`select app from jobs where done_at is null group by app order by min(seq)`,
  )
  return rows.map(({ app }) => app)
}

/**
 * The first job of an app that is not done, for this transaction alone; null when there is none, or
 * another process is at it.
 */
export async function claimJob(tx: Queryable, app: AppKey): Promise<OpenJob | null> {
  const [row] = await tx.query<JobRow>(sql`
    select ${jobColumns} from jobs
    where seq = (select min(seq) from jobs where app = ${app} and done_at is null)
    for update skip locked`)
  return row ? toOpenJob(row) : null
}

/** Stores how far a job has come; `isDone` says that it has ended. */
export async function saveJob(tx: Queryable, job: OpenJob, isDone: boolean): Promise<void> {
  await tx.query(sql`
    update jobs set stage = ${job.stage}, status = ${job.status},
      attr_state = ${job.attrState}::jsonb, ns = ${job.namespace}, index_key = ${job.indexKey},
      stale_key = ${job.staleKey}, cursor = ${job.cursor}, work_estimate = ${job.estimate},
      work_completed = ${job.completed},
      failure = ${job.failure && JSON.stringify(job.failure)}::jsonb, starts = 0,
      updated_at = now(), done_at = case when ${isDone}::boolean then now() end
    where seq = ${job.seq}`)
}

/** Calls a job off, if it has not changed its attribute yet; answers whether that is so. */
export async function callOffJob(db: Queryable, app: AppKey, id: string): Promise<boolean> {
  const rows = await db.query(sql`
    update jobs set is_unwanted = true
    where app = ${app} and id = ${id} and done_at is null and (stage is null or stage = 'scan')
    returning id`)
  return rows.length > 0
}

/**
 * To be called when a process starts: counts the starts that a job has seen without getting on.
 * One that brings the process down each time would never end otherwise.
 */
export async function countStarts(db: Queryable): Promise<void> {
  await db.query(sql`
    update jobs set starts = starts + 1 where done_at is null and status = 'processing'`)
}

/** Whether a job has seen too many starts without getting on. */
export async function isHopeless(tx: Queryable, seq: number): Promise<boolean> {
  const rows = await tx.query(
    sql`select seq from jobs where seq = ${seq} and starts > ${mostStarts}::int`,
  )
  return rows.length > 0
}

interface JobRow {
  readonly seq: number
  readonly id: string
  readonly group_id: string
  readonly attr_id: string
  readonly namespace: string
  readonly label: string
  readonly type: ConstraintType
  readonly checked_type: CheckedType | null
  readonly status: JobStatus
  readonly stage: OpenJob['stage']
  readonly attr_state: unknown
  readonly ns: NamespaceKey | null
  readonly index_key: AttrKey | null
  readonly stale_key: AttrKey | null
  readonly cursor: string | null
  readonly work_estimate: number | null
  readonly work_completed: number
  readonly failure: JobFailure | null
  readonly is_unwanted: boolean
  readonly created: string
  readonly updated: string
  readonly done: string | null
}

const jobColumns = raw(`seq, id, group_id, attr_id, namespace, label, type, checked_type, status,
  stage, attr_state, ns, index_key, stale_key, cursor, work_estimate, work_completed, failure,
  is_unwanted,
  to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created,
  to_char(updated_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as updated,
  to_char(done_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as done`)

function toStep(row: JobRow): ConstraintStep {
  return {
    kind: 'constraint',
    type: row.type,
    attrId: row.attr_id,
    name: { id: row.attr_id, namespace: row.namespace, label: row.label },
    checkedType: row.checked_type,
  }
}

function toJob(row: JobRow): Job {
  return {
    id: row.id,
    groupId: row.group_id,
    step: toStep(row),
    status: row.status,
    failure: row.failure,
    estimate: row.work_estimate,
    completed: row.work_completed,
    createdAt: row.created,
    updatedAt: row.updated,
    doneAt: row.done,
  }
}

function toOpenJob(row: JobRow): OpenJob {
  return {
    seq: row.seq,
    step: toStep(row),
    stage: row.stage,
    status: row.status,
    attrState: row.attr_state === null ? null : JSON.stringify(row.attr_state),
    namespace: row.ns,
    indexKey: row.index_key,
    staleKey: row.stale_key,
    cursor: row.cursor,
    estimate: row.work_estimate,
    completed: row.work_completed,
    failure: row.failure,
    isUnwanted: row.is_unwanted,
  }
}

import { sql } from '@/backend/sql/sql'
import type { EntityKey } from '../schema/entity-write'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

/**
 * Notes entities that have come, gone or changed for the jobs that go through their namespaces, in
 * the transaction that has written them: so no job can end without having looked at them again.
 */
export async function noteForJobs(
  tx: Queryable,
  { scans }: Schema,
  touched: readonly EntityKey[],
): Promise<void> {
  if (scans.length === 0 || touched.length === 0) return
  await tx.query(sql`
    insert into job_entities (job, id)
    select distinct s.job, t.id
    from unnest(
      ${touched.map(({ namespace }) => namespace)}::int[],
      ${touched.map(({ id }) => id)}::uuid[]
    ) t(ns, id)
    join unnest(
      ${scans.map(({ job }) => job)}::int[],
      ${scans.map(({ namespace }) => namespace)}::int[]
    ) s(job, ns) on s.ns = t.ns
    on conflict do nothing`)
}

/** Takes all that was noted for a job. */
export async function takeNoted(tx: Queryable, job: number): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    sql`delete from job_entities where job = ${job} returning id`,
  )
  return rows.map(({ id }) => id)
}

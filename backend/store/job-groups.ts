import { sql } from '@/backend/sql/sql'
import type { JsonObject } from '@/lib/base/json'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** Keeps the jobs of a schema change for a day, in the form in which they are asked for. */
export async function insertJobGroup(
  db: Queryable,
  app: AppKey,
  { id, jobs }: { readonly id: string; readonly jobs: readonly JsonObject[] },
): Promise<void> {
  await db.query(sql`delete from job_groups where app = ${app} and at < now() - interval '1 day'`)
  await db.query(sql`
    insert into job_groups (app, id, jobs) values (${app}, ${id}, ${JSON.stringify(jobs)}::jsonb)`)
}

/** The jobs of a group; none when it is not known. */
export async function readJobGroup(
  db: Queryable,
  app: AppKey,
  id: string,
): Promise<readonly JsonObject[]> {
  const rows = await db.query<{ jobs: readonly JsonObject[] }>(
    sql`select jobs from job_groups where app = ${app} and id = ${id}`,
  )
  return rows[0]?.jobs ?? []
}

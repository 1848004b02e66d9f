import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'

/** What is limited, and for whom. */
export interface Attempt {
  readonly app: AppKey
  readonly action: 'send-magic-code' | 'verify-magic-code'
  readonly subject: string
}

const maxPerHour = 20
const maxForgotten = 100

/**
 * Counts an attempt, unless the last hour has seen as many as are allowed; false then. For all
 * processes on the store together, so it is called outside of the transaction whose failure
 * must not undo the counting.
 */
export async function countAttempt(
  db: Queryable,
  { app, action, subject }: Attempt,
): Promise<boolean> {
  await forgetOld(db)
  const recent = sql`select t from unnest(a.times) t where t > now() - interval '1 hour'`
  const counted = await db.query(sql`
    insert into attempts as a (app, action, subject, times)
    values (${app}, ${action}, ${subject}, array[now()])
    on conflict (app, action, subject) do update
    set times = array(${recent} order by t) || now(), last_at = now()
    where (select count(*) from (${recent}) r) < ${maxPerHour}
    returning 1 as counted`)
  return counted.length > 0
}

/** Whoever has not tried for an hour starts afresh, so the table holds no more than an hour's. */
async function forgetOld(db: Queryable): Promise<void> {
  await db.query(sql`
    delete from attempts where ctid in (
      select ctid from attempts where last_at < now() - interval '1 hour'
      limit ${maxForgotten} for update skip locked)`)
}

import { sql } from '@/backend/sql/sql'
import type { Json } from '@/lib/base/json'
import type { AppKey } from '../schema/attr'
import { fromTopicsJson, type Topics } from '../schema/topics'
import type { Queryable } from './database'

/** A transaction of an app and what it has written. */
export interface LoggedTransaction {
  readonly app: AppKey
  readonly id: number
  readonly topics: Topics
}

/** Id of the last transaction of an app; 0 when there was none. */
export async function readLastId(db: Queryable, app: AppKey): Promise<number> {
  const rows = await db.query<{ id: number }>(
    sql`select id from transactions where app = ${app} order by id desc limit 1`,
  )
  return rows[0]?.id ?? 0
}

/**
 * The transactions of some apps after the last that was seen of each, in their order. Writes of an
 * app wait for each other, so one that commits later has a higher id.
 */
export async function readTransactions(
  db: Queryable,
  seen: readonly { readonly app: AppKey; readonly seen: number }[],
): Promise<readonly LoggedTransaction[]> {
  if (seen.length === 0) return []
  const rows = await db.query<{ app: AppKey; id: number; topics: Json }>(sql`
    select t.app, t.id, t.topics
    from unnest(${seen.map(({ app }) => app)}::int[], ${seen.map((one) => one.seen)}::bigint[]) s(app, id)
    join transactions t on t.app = s.app and t.id > s.id
    order by t.app, t.id`)
  return rows.map(({ topics, ...row }) => ({ ...row, topics: fromTopicsJson(topics) }))
}

/** Forgets transactions of that age. The last one of an app stays, since answers name it. */
export async function pruneTransactions(
  db: Queryable,
  apps: readonly AppKey[],
  olderThanMs: number,
): Promise<void> {
  await db.query(sql`
    delete from transactions t
    using (
      select a.app, (select max(id) from transactions where app = a.app) as last
      from unnest(${apps}::int[]) a(app)
    ) l
    where t.app = l.app and t.id < l.last
      and t.at <= now() - ${olderThanMs}::float8 * interval '1 millisecond'`)
}

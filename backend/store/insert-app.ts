import { sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** A new app. */
export interface InsertedApp {
  readonly key: AppKey
  /** To the second, in UTC (contract http.md 1.4). */
  readonly createdAt: string
  /** Milliseconds since the epoch; null when the app is there to stay. */
  readonly expiresMs: number | null
}

/** Stores an app and the hash of its admin token. */
export async function insertApp(
  tx: Queryable,
  app: {
    readonly id: string
    readonly title: string
    readonly tokenHash: Uint8Array
    /** Null when it is to stay. */
    readonly lifetimeDays: number | null
  },
): Promise<InsertedApp> {
  const rows = await tx.query<InsertedApp>(sql`
    insert into apps (id, title, expires_at)
    values (${app.id}, ${app.title}, now() + make_interval(days => ${app.lifetimeDays}::int))
    returning key, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "createdAt",
      floor(extract(epoch from expires_at) * 1000)::float8 as "expiresMs"`)
  const inserted = must(rows[0], 'an insert returns its row')
  await tx.query(
    sql`insert into admin_tokens (app, hash) values (${inserted.key}, ${app.tokenHash})`,
  )
  return inserted
}

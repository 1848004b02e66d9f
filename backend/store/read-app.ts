import { sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** What clients know of an app besides its schema. */
export interface AppRow {
  readonly id: string
  readonly title: string
  /** ISO 8601 without milliseconds (contract http.md 1.4). */
  readonly createdAt: string
}

/** An app that is known to be there. */
export async function readApp(db: Queryable, app: AppKey): Promise<AppRow> {
  return must(await findApp(db, app), 'the key of an app comes from its row')
}

/** Null for the app that guests of an app that is not there are in. */
export async function findApp(db: Queryable, app: AppKey): Promise<AppRow | null> {
  const rows = await db.query<{ id: string; title: string; ms: number }>(sql`
    select id, title, extract(epoch from created_at)::float8 * 1000 as ms from apps
    where key = ${app}`)
  if (!rows[0]) return null
  const { id, title, ms } = rows[0]
  return { id, title, createdAt: new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z') }
}

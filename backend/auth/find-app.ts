import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'

/** The app with this id; null when there is none. */
export async function findApp(db: Queryable, appId: string): Promise<AppKey | null> {
  const rows = await db.query<{ key: AppKey }>(sql`select key from apps where id = ${appId}::uuid`)
  return rows[0]?.key ?? null
}

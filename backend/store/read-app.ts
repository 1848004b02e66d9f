import { sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** What clients know of an app besides its schema. */
export interface AppRow {
  readonly id: string
  readonly title: string
}

/** An app that is known to be there. */
export async function readApp(db: Queryable, app: AppKey): Promise<AppRow> {
  const rows = await db.query<AppRow>(sql`select id, title from apps where key = ${app}`)
  return must(rows[0], 'the key of an app comes from its row')
}

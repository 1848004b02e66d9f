import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import { must } from '@/lib/base/must'

/** What an app's magic codes are about, and how long they are valid: 1 to 1,440 minutes. */
export interface CodeSettings {
  readonly title: string
  readonly lifetimeMinutes: number
}

/** The settings of an app that is known to be there. */
export async function readCodeSettings(db: Queryable, app: AppKey): Promise<CodeSettings> {
  const rows = await db.query<CodeSettings>(sql`
    select title, magic_code_minutes as "lifetimeMinutes" from apps where key = ${app}`)
  return must(rows[0], 'the key of an app comes from its row')
}

/** Sets how long codes are valid, those included that have been sent. */
export async function writeCodeLifetime(
  db: Queryable,
  app: AppKey,
  lifetimeMinutes: number,
): Promise<void> {
  await db.query(sql`update apps set magic_code_minutes = ${lifetimeMinutes} where key = ${app}`)
}

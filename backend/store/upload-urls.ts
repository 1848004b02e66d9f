import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** What an upload URL is for. */
export interface UploadUrl {
  readonly app: AppKey
  readonly appId: string
  readonly path: string
  readonly isExpired: boolean
}

/** Makes an upload URL, good for five minutes. Those that were never used go with time. */
export async function insertUploadUrl(
  db: Queryable,
  { id, app, path }: { readonly id: string; readonly app: AppKey; readonly path: string },
): Promise<void> {
  await db.query(sql`delete from upload_urls where expires_at < now() - interval '1 day'`)
  await db.query(sql`
    insert into upload_urls (id, app, path, expires_at)
    values (${id}, ${app}, ${path}, now() + interval '5 minutes')`)
}

/** Uses up an upload URL; null when there is none. Of several at once, one gets it. */
export async function takeUploadUrl(db: Queryable, id: string): Promise<UploadUrl | null> {
  const rows = await db.query<UploadUrl>(sql`
    delete from upload_urls u using apps a where u.id = ${id} and a.key = u.app
    returning u.app, a.id as "appId", u.path, u.expires_at < now() as "isExpired"`)
  return rows[0] ?? null
}

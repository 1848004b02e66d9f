import { createHash, timingSafeEqual } from 'node:crypto'
import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'

/** What is stored of a token. Tokens are random uuids, so a plain hash cannot be guessed back. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token.toLowerCase()).digest()
}

/** The app, if the token is one of its admin tokens; null for an unknown app or token alike. */
export async function findAppByToken(
  db: Queryable,
  { appId, token }: { appId: string; token: string },
): Promise<AppKey | null> {
  const rows = await db.query<{ key: AppKey; hash: Uint8Array }>(sql`
    select a.key, t.hash from apps a join admin_tokens t on t.app = a.key
    where a.id = ${appId}::uuid`)
  const given = hashToken(token)
  // Every stored hash is compared, in constant time, whether or not an earlier one matched.
  const matches = rows.map(({ key, hash }) => ({ key, isSame: timingSafeEqual(hash, given) }))
  return matches.find(({ isSame }) => isSame)?.key ?? null
}

/** The app, whichever, of which this is an admin token; null when there is none. */
export async function findTokenApp(db: Queryable, token: string): Promise<AppKey | null> {
  const rows = await db.query<{ app: AppKey }>(
    sql`select app from admin_tokens where hash = ${hashToken(token)} limit 1`,
  )
  return rows[0]?.app ?? null
}

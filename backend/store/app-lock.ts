import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

// First half of the keys of our advisory locks, to keep clear of other programs on the database.
const lockClass = 7_262_021

/**
 * Makes writes of one app wait for each other until the end of the transaction, so that what a
 * write reads of the app stays true while it runs. For Postgres: PGlite has one connection.
 */
export async function lockApp(tx: Queryable, app: AppKey): Promise<void> {
  // A statement of its own: the ones after it must see what the previous holder has written.
  await tx.query(sql`select pg_advisory_xact_lock(${lockClass}::int, ${app}::int)`)
}

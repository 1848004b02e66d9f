import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { Database, Queryable } from './database'

// First half of the keys of our advisory locks, to keep clear of other programs on the database.
const lockClass = 7_262_021

/**
 * Makes writes of one app wait for each other until the end of the transaction, so that what a
 * write reads of the app stays true while it runs. PGlite has one connection and needs no lock.
 */
export async function lockApp({ kind }: Database, tx: Queryable, app: AppKey): Promise<void> {
  if (kind === 'pglite') return
  // A statement of its own: the ones after it must see what the previous holder has written.
  await tx.query(sql`select pg_advisory_xact_lock(${lockClass}::int, ${app}::int)`)
}

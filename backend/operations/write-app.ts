import type { AppKey } from '@/backend/schema/attr'
import type { Topics } from '@/backend/schema/topics'
import { lockApp } from '@/backend/store/app-lock'
import type { Queryable } from '@/backend/store/database'
import { insertTransaction, type TransactionRow } from '@/backend/store/insert-transaction'
import type { Engine } from './engine'

/** What work on an app has come to. */
export interface Written<T> {
  readonly result: T
  /** What has been written, for whoever follows it; null when nothing was. */
  readonly topics: Topics | null
}

/**
 * Does `work` as one transaction of the app, alone: whatever else writes to the app waits, so what
 * `work` reads of it stays true while it runs. Once it is committed, all who follow what it has
 * written learn of it. Work that writes nothing is no transaction. It awaits SQL only, and may run
 * more than once.
 */
export async function writeApp<T>(
  { db, changes }: Pick<Engine, 'db' | 'changes'>,
  app: AppKey,
  work: (tx: Queryable) => Promise<Written<T>>,
): Promise<{ readonly result: T; readonly transaction: TransactionRow | null }> {
  const { result, topics, transaction } = await db.transaction(async (tx) => {
    await lockApp(db, tx, app)
    const { result, topics } = await work(tx)
    // On PGlite nobody else is there to read it.
    const logged = db.kind === 'postgres' ? topics : null
    return { result, topics, transaction: topics && (await insertTransaction(tx, app, logged)) }
  })
  if (transaction && topics) changes.publish(app, { id: transaction.id, topics })
  return { result, transaction }
}

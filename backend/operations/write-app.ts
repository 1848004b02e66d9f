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
  engine: Engine,
  app: AppKey,
  work: (tx: Queryable) => Promise<Written<T>>,
): Promise<{ readonly result: T; readonly transaction: TransactionRow | null }> {
  const { db, changes } = engine
  const { result, topics, transaction } = await transactAlone(engine, app, async (tx) => {
    const { result, topics } = await work(tx)
    // On PGlite nobody else is there to read it.
    const logged = db.kind === 'postgres' ? topics : null
    return { result, topics, transaction: topics && (await insertTransaction(tx, app, logged)) }
  })
  if (transaction && topics) changes.publish(app, { id: transaction.id, topics })
  return { result, transaction }
}

/** A transaction during which nobody else writes to the app. */
export function transactAlone<T>(
  { db, writeTurns }: Engine,
  app: AppKey,
  work: (tx: Queryable) => Promise<T>,
): Promise<T> {
  // PGlite has one connection, and commits many transactions at once if they may queue for it.
  if (db.kind === 'pglite') return db.transaction(work)
  return writeTurns.run(app, () =>
    db.transaction(async (tx) => {
      await lockApp(tx, app)
      return work(tx)
    }),
  )
}

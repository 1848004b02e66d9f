import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database } from './database'

/**
 * The database, but work inside `transaction` that uses it instead of its `tx` fails at once.
 * On PGlite it would wait for its own transaction for ever. Only for tests: the bookkeeping
 * slows every promise of the process.
 */
export function refuseReentry(database: Database): Database {
  const inside = new AsyncLocalStorage<true>()

  function check(): void {
    if (inside.getStore()) throw new Error('db is used inside db.transaction; use its tx instead.')
  }

  return {
    kind: database.kind,
    wakeups: database.wakeups,
    query: async (statement) => {
      check()
      return database.query(statement)
    },
    transaction: async (work, mode) => {
      check()
      return database.transaction((tx) => inside.run(true, () => work(tx)), mode)
    },
    maintain: () => database.maintain(),
    close: () => database.close(),
  }
}

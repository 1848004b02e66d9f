import type { AppKey } from '@/backend/schema/attr'
import { sql } from '@/backend/sql/sql'
import type { Database } from '@/backend/store/database'

/** Tells subscribers that something in an app may have changed. */
export interface Changes {
  /** Called after a commit of this process. */
  notify(app: AppKey): void
  /** Calls back after every change, at least once for several close together; ends the subscription. */
  subscribe(app: AppKey, onChange: () => void): () => void
  close(): void
}

const pollMs = 200

/**
 * On PGlite this process makes every change itself. On Postgres others may write to the same
 * store, so the last transaction of each app that has subscribers is polled too.
 */
export function createChanges(db: Database): Changes {
  const subscribers = new Map<AppKey, Set<() => void>>()
  const seen = new Map<AppKey, number>()
  const notify = (app: AppKey) => {
    for (const onChange of subscribers.get(app) ?? []) onChange()
  }
  const poll = async () => {
    if (subscribers.size === 0) return
    const rows = await db.query<{ app: AppKey; id: number }>(sql`
      select app, max(id) as id from transactions
      where app = any(${[...subscribers.keys()]}::int[]) group by app`)
    for (const { app, id } of rows) {
      if (seen.get(app) !== undefined && seen.get(app) !== id) notify(app)
      seen.set(app, id)
    }
  }
  const timer = db.kind === 'postgres' ? startPolling(poll) : null

  return {
    notify,
    subscribe(app, onChange) {
      const callbacks = subscribers.get(app) ?? new Set()
      subscribers.set(app, callbacks.add(onChange))
      return () => {
        callbacks.delete(onChange)
        if (callbacks.size > 0) return
        subscribers.delete(app)
        seen.delete(app)
      }
    },
    close() {
      if (timer) clearInterval(timer)
      subscribers.clear()
    },
  }
}

function startPolling(poll: () => Promise<void>): NodeJS.Timeout {
  let isPolling = false
  const timer = setInterval(() => {
    if (isPolling) return
    isPolling = true
    poll()
      // A store that is away now is asked again at the next tick; queries report it meanwhile.
      .catch((error: unknown) => console.error('Could not look for changes:', error))
      .finally(() => {
        isPolling = false
      })
  }, pollMs)
  return timer.unref()
}

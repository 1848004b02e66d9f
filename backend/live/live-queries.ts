import type { AppKey } from '@/backend/schema/attr'
import type { Changes } from './changes'
import { type Asked, type Follower, LiveQuery } from './live-query'
import { createTurns } from './take-turns'

/** A query to follow. */
export interface FollowRequest<T> {
  readonly app: AppKey
  /** The same for queries of an app that always have the same answer. */
  readonly key: string
  readonly ask: () => Promise<Asked<T>>
}

/** The queries that are followed in this process: those with the same key are asked once for all. */
export interface LiveQueries<T> {
  /** Follows a query. Its first outcome has seen all that was committed before. */
  follow(request: FollowRequest<T>): Promise<Follower<T>>
}

/** A burst of transactions is answered this often; the first of them at once. */
const restMs = 15
/** Queries that are asked at once; requests need connections too. */
const mostAtOnce = 3

interface Entry<T> {
  readonly query: LiveQuery<T>
  readonly isSubscribed: Promise<() => void>
}

export function createLiveQueries<T>(changes: Changes): LiveQueries<T> {
  const entries = new Map<string, Entry<T>>()
  const inTurn = createTurns(mostAtOnce)

  const start = (key: string, { app, ask }: FollowRequest<T>): Entry<T> => {
    const end = () => {
      entries.delete(key)
      void entry.isSubscribed.then((unsubscribe) => unsubscribe())
    }
    const query = new LiveQuery<T>({ ask, inTurn, restMs, onIdle: end })
    const entry = { query, isSubscribed: changes.subscribe(app, (topics) => query.note(topics)) }
    entries.set(key, entry)
    // Whoever follows hears of the failure.
    entry.isSubscribed.catch(() => entries.delete(key))
    return entry
  }

  return {
    async follow(request) {
      const key = JSON.stringify([request.app, request.key])
      for (;;) {
        const entry = entries.get(key) ?? start(key, request)
        await entry.isSubscribed
        await changes.settle(request.app)
        // Its last follower may have gone meanwhile, and the query with it.
        if (entries.get(key) === entry) return entry.query.follow()
      }
    },
  }
}

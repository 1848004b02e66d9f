import { createHash } from 'node:crypto'
import type { Follower } from '@/backend/live/live-query'
import type { AppKey } from '@/backend/schema/attr'
import type { Engine } from './engine'
import { runWatchedQuery } from './query'
import type { FollowedAnswer, QueryAnswer, QueryRequest } from './query-answer'

/** A query to be followed. */
export interface FollowQueryRequest {
  readonly app: AppKey
  /** The same for the same query by the same caller. */
  readonly key: string
  /**
   * What is asked, as whoever the caller is by now: a token that was taken back or a user whose
   * rights have changed must not go on reading with what they had when they subscribed.
   */
  readonly ask: () => Promise<QueryRequest>
}

/**
 * The answers to a query from now on: the one there is, and a new one after each transaction that
 * changes it, or an error in its place. All who speak a protocol of subscriptions come in here.
 */
export function followQuery(
  engine: Engine,
  { app, key, ask }: FollowQueryRequest,
): Promise<Follower<FollowedAnswer>> {
  return engine.live.follow({
    app,
    key,
    ask: async () => {
      const request = await ask()
      const { answer, topics } = await runWatchedQuery(engine, request)
      return { value: { request, answer }, print: printAnswer(answer), topics }
    },
  })
}

/** Transactions that change nothing of an answer are no news, whatever their id. */
function printAnswer({ tree, pageInfo, counts }: QueryAnswer): string {
  return createHash('sha256')
    .update(JSON.stringify([tree, pageInfo, counts]))
    .digest('base64')
}

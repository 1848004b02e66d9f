import { randomUUID } from 'node:crypto'
import type { Follower, Outcome } from '@/backend/live/live-query'
import type { FollowedAnswer } from '@/backend/operations/query-answer'
import type { JsonObject } from '@/lib/base/json'
import { errorBody, errorStatus, toEngineError } from './errors'
import { toResultMeta } from './page-info'

const keepAliveMs = 15_000

/** What is followed, and whether the client is still there. */
export interface Subscription {
  readonly query: JsonObject
  readonly follow: () => Promise<Follower<FollowedAnswer>>
  readonly signal: AbortSignal
}

/**
 * The event stream of one subscribed query (contract http.md 2.6): the first answer, then a
 * refresh after every change that alters it, until the client goes away. A client that reads
 * slowly gets the latest answer when it is ready for one, and none that is older.
 */
export function subscriptionStream({
  query,
  follow,
  signal,
}: Subscription): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let follower: Follower<FollowedAnswer> | null = null
  let keepAlive: NodeJS.Timeout | null = null
  let isFirst = true
  let isOver = signal.aborted
  const end = () => {
    isOver = true
    if (keepAlive) clearInterval(keepAlive)
    follower?.close()
  }
  signal.addEventListener('abort', end, { once: true })

  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(`retry:500\n\n${toEvent(sseInit())}`))
      if (isOver) return
      keepAlive = setInterval(() => {
        const isRead = (controller.desiredSize ?? 0) > 0
        if (isRead && !isOver) controller.enqueue(encoder.encode(':\n\n'))
      }, keepAliveMs).unref()
    },
    async pull(controller) {
      if (isOver) return
      follower ??= await follow()
      // The client may have gone while following began.
      if (isOver) return follower.close()
      const outcome = await follower.next()
      if (isOver || !outcome) return
      controller.enqueue(encoder.encode(toText(outcome, { query, isFirst })))
      if (outcome.kind === 'answer') isFirst = false
    },
    cancel: end,
  })
}

const refreshes = new WeakMap<FollowedAnswer, string>()

function toText(
  outcome: Outcome<FollowedAnswer>,
  { query, isFirst }: { readonly query: JsonObject; readonly isFirst: boolean },
): string {
  if (outcome.kind === 'error') return toEvent(errorEvent(query, outcome.error))
  if (isFirst) return toEvent(firstAnswer(outcome.value))
  // The same for all who follow the query, so it is spelt once.
  const known = refreshes.get(outcome.value)
  if (known) return known
  const text = toEvent(refreshOk(outcome.value))
  refreshes.set(outcome.value, text)
  return text
}

function toEvent(event: object): string {
  return `data: ${JSON.stringify(event)}\n\n`
}

function sseInit() {
  return {
    op: 'sse-init',
    'machine-id': randomUUID(),
    'session-id': randomUUID(),
    'sse-token': randomUUID(),
  }
}

function firstAnswer({ request, answer }: FollowedAnswer) {
  return {
    op: 'add-query-ok',
    q: request.query,
    result: answer.tree,
    'result-meta': toResultMeta(answer),
    'processed-tx-id': answer.txId,
    'processed-isn': String(answer.txId),
    'client-event-id': randomUUID(),
  }
}

function refreshOk({ request, answer }: FollowedAnswer) {
  return {
    op: 'refresh-ok',
    'processed-tx-id': answer.txId,
    'processed-isn': String(answer.txId),
    computations: [
      {
        'instaql-query': request.query,
        'instaql-result': answer.tree,
        'result-meta': toResultMeta(answer),
        'result-changed?': true,
      },
    ],
  }
}

function errorEvent(query: JsonObject, error: unknown) {
  const known = toEngineError(error)
  return {
    op: 'error',
    status: errorStatus(known),
    ...errorBody(known),
    'client-event-id': randomUUID(),
    'original-event': { op: 'add-query', q: query },
  }
}

import { randomUUID } from 'node:crypto'
import type { Engine } from '@/backend/operations/engine'
import { type QueryAnswer, type QueryRequest, runQuery } from '@/backend/operations/query'
import { errorBody, errorStatus, toEngineError } from './errors'
import { toResultMeta } from './page-info'

const keepAliveMs = 15_000

/**
 * Asks the query once more, as whoever the caller is by now: a token that was taken back or a user
 * whose rights have changed must not go on reading with what they had when they subscribed.
 */
export type AskAgain = () => Promise<QueryRequest>

/**
 * The event stream of one subscribed query (contract http.md 2.6): the first answer, then a
 * refresh after every change that alters it, until the client goes away.
 */
export function subscriptionStream(
  engine: Engine,
  first: QueryRequest,
  { askAgain, signal }: { askAgain: AskAgain; signal: AbortSignal },
): ReadableStream<Uint8Array> {
  let end = () => {}
  return new ReadableStream({
    start(controller) {
      const encoder = new TextEncoder()
      let isOver = false
      const write = (text: string) => {
        if (!isOver) controller.enqueue(encoder.encode(text))
      }
      write('retry:500\n\n')
      const stop = followQuery(engine, first, {
        askAgain,
        send: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
      })
      const keepAlive = setInterval(() => write(':\n\n'), keepAliveMs)
      end = () => {
        isOver = true
        clearInterval(keepAlive)
        stop()
      }
      signal.addEventListener('abort', end, { once: true })
      // The client may have gone while it was found out who asks.
      if (signal.aborted) end()
    },
    cancel: () => end(),
  })
}

/**
 * Sends the events of a subscription and returns what ends it. Changes that come while an answer
 * is being computed lead to one more, so the last event always shows the last change.
 */
function followQuery(
  engine: Engine,
  first: QueryRequest,
  { askAgain, send }: { askAgain: AskAgain; send: (event: object) => void },
): () => void {
  let shown: string | null = null
  let isFirst = true
  let isRunning = false
  let isStale = false
  let isOver = false

  const answer = async () => {
    const request = isFirst ? first : await askAgain()
    isFirst = false
    const found = await runQuery(engine, request)
    const result = JSON.stringify([found.tree, found.pageInfo, found.counts])
    if (shown === null) send(firstAnswer(request, found))
    else if (shown !== result) send(refreshOk(request, found))
    shown = result
  }
  const refresh = async () => {
    isStale = true
    if (isRunning) return
    isRunning = true
    while (isStale && !isOver) {
      isStale = false
      try {
        await answer()
      } catch (error) {
        send(errorEvent(first, error))
        // What is answered next is news after an error, even if it is what was there before.
        if (shown !== null) shown = ''
      }
    }
    isRunning = false
  }

  send({
    op: 'sse-init',
    'machine-id': randomUUID(),
    'session-id': randomUUID(),
    'sse-token': randomUUID(),
  })
  const unsubscribe = engine.changes.subscribe(first.app, () => void refresh())
  void refresh()
  return () => {
    isOver = true
    unsubscribe()
  }
}

function firstAnswer({ query }: QueryRequest, answer: QueryAnswer) {
  return {
    op: 'add-query-ok',
    q: query,
    result: answer.tree,
    'result-meta': toResultMeta(answer),
    'processed-tx-id': answer.txId,
    'processed-isn': String(answer.txId),
    'client-event-id': randomUUID(),
  }
}

function refreshOk({ query }: QueryRequest, answer: QueryAnswer) {
  return {
    op: 'refresh-ok',
    'processed-tx-id': answer.txId,
    'processed-isn': String(answer.txId),
    computations: [
      {
        'instaql-query': query,
        'instaql-result': answer.tree,
        'result-meta': toResultMeta(answer),
        'result-changed?': true,
      },
    ],
  }
}

function errorEvent({ query }: QueryRequest, error: unknown) {
  const known = toEngineError(error)
  return {
    op: 'error',
    status: errorStatus(known),
    ...errorBody(known),
    'client-event-id': randomUUID(),
    'original-event': { op: 'add-query', q: query },
  }
}

import { randomUUID } from 'node:crypto'
import type { Engine } from '@/backend/operations/engine'
import { type QueryAnswer, type QueryRequest, runQuery } from '@/backend/operations/query'
import { errorBody, errorStatus, toEngineError } from './errors'
import { toResultMeta } from './page-info'

const keepAliveMs = 15_000

/**
 * The event stream of one subscribed query (contract http.md 2.6): the first answer, then a
 * refresh after every change that alters it, until the client goes away.
 */
export function subscriptionStream(
  engine: Engine,
  request: QueryRequest,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      const encoder = new TextEncoder()
      const write = (text: string) => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text))
      }
      const stop = followQuery(engine, request, (event) =>
        write(`data: ${JSON.stringify(event)}\n\n`),
      )
      const keepAlive = setInterval(() => write(':\n\n'), keepAliveMs)
      write('retry:500\n\n')
      signal.addEventListener(
        'abort',
        () => {
          clearInterval(keepAlive)
          stop()
        },
        { once: true },
      )
    },
  })
}

/**
 * Sends the events of a subscription and returns what ends it. Changes that come while an answer
 * is being computed lead to one more, so the last event always shows the last change.
 */
function followQuery(
  engine: Engine,
  request: QueryRequest,
  send: (event: object) => void,
): () => void {
  let shown: string | null = null
  let isRunning = false
  let isStale = false

  const refresh = async () => {
    isStale = true
    if (isRunning) return
    isRunning = true
    while (isStale) {
      isStale = false
      try {
        const answer = await runQuery(engine, request)
        const result = JSON.stringify([answer.tree, answer.pageInfo, answer.counts])
        if (shown === null) send(firstAnswer(request, answer))
        else if (shown !== result) send(refreshOk(request, answer))
        shown = result
      } catch (error) {
        send(errorEvent(request, error))
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
  const unsubscribe = engine.changes.subscribe(request.app, () => void refresh())
  void refresh()
  return unsubscribe
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

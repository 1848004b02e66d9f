import { type Transferable, Worker } from 'node:worker_threads'
import type { HttpBindings } from '@hono/node-server'
import { type EngineError, timedOut } from '../engine-error'
import { StoreError } from '../store/store-error'
import { type FromWorker, type ToWorker, transfersOf, type WireResponse } from './messages'
import type { TakenBody } from './request-body'

/** The engine in a worker thread, as long as that thread lives. */
export interface EngineThread {
  send(request: Request, body: TakenBody, bindings: HttpBindings): Promise<Response>
  /** Raises a StoreError when the thread is ended meanwhile. */
  begin(url: string): Promise<void>
  close(): Promise<void>
  /** Resolves when a request was too much for it: it takes no more, and is about to be ended. */
  readonly ending: Promise<void>
  /** Resolves when it was ended and the store is free again; rejects when it broke by itself. */
  readonly ended: Promise<void>
}

type RequestKind = 'query' | 'transaction'

interface Waiting {
  readonly answer: (response: Response) => void
  readonly refuse: (error: EngineError) => void
  readonly what: RequestKind
}

const pingMs = 1_000

export interface ThreadOptions {
  /** For how long it may not answer at all. */
  readonly timeoutMs: number
  /** What runs in the thread; for tests. */
  readonly file?: URL
}

/** Opens the store in a new thread. Raises what stands in the way, as a StoreError where it is known. */
export async function startEngineThread({
  timeoutMs,
  file = workerFile(),
}: ThreadOptions): Promise<EngineThread> {
  const worker = new Worker(file)
  const waiting = new Map<number, Waiting>()
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const milestones = new Map<FromWorker['kind'], () => void>()
  const reached = (kind: FromWorker['kind']) =>
    new Promise<void>((resolve) => milestones.set(kind, resolve))
  let nextId = 0
  let missedPings = 0
  let isOpen = false
  let isOver = false

  const tell = (message: ToWorker, transfers: readonly Transferable[] = []) =>
    worker.postMessage(message, transfers)

  let markEnding: () => void = () => undefined
  const ending = new Promise<void>((resolve) => {
    markEnding = resolve
  })
  const exited = new Promise<void>((resolve) => worker.on('exit', () => resolve()))
  const ended = new Promise<void>((resolve, reject) => {
    const timer = setInterval(() => {
      // Opening may have a crash to recover from, which takes as long as it takes.
      if (!isOpen || isOver) return
      missedPings += 1
      tell({ kind: 'ping' })
      // Counted in pings and not by the clock, which goes on while the machine sleeps.
      if (missedPings * pingMs > timeoutMs) void end().then(resolve)
    }, pingMs)
    const end = async () => {
      isOver = true
      markEnding()
      clearInterval(timer)
      await worker.terminate()
      for (const { refuse, what } of waiting.values()) refuse(timedOut(what))
      for (const controller of streams) controller.error(new Error('The engine was restarted.'))
      waiting.clear()
      streams.clear()
    }
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') void end().then(resolve)
      else reject(error)
    })
    worker.on('exit', (code) => {
      clearInterval(timer)
      if (!isOver) reject(new Error(`The engine ended by itself, with code ${code}.`))
    })
  })

  const opened = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      missedPings = 0
      switch (message.kind) {
        case 'opened':
          isOpen = true
          return resolve()
        case 'failed':
          return reject(toOpenError(message))
        case 'response': {
          const found = waiting.get(message.id)
          waiting.delete(message.id)
          return found?.answer(toResponse(message))
        }
        default:
          milestones.get(message.kind)?.()
      }
    })
    ended.catch(reject)
  })

  function toResponse({ id, status, headers, body }: WireResponse): Response {
    const init = {
      status,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    }
    // A stream does not end by itself when the thread it comes from does.
    if (body instanceof ReadableStream) return new Response(guarded(id, body), init)
    // Bytes and a plain object are what the server sends off as they are.
    return new Response(body && new Uint8Array(body), {
      status,
      headers: Object.fromEntries(headers),
    })
  }

  function guarded(id: number, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader()
    const forget = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      streams.delete(controller)
      if (!isOver) tell({ kind: 'gone', id })
    }
    let own: ReadableStreamDefaultController<Uint8Array>
    return new ReadableStream({
      start(controller) {
        own = controller
        streams.add(controller)
      },
      async pull(controller) {
        const { done, value } = await reader.read()
        if (!streams.has(controller)) return
        if (value) controller.enqueue(value)
        if (!done) return
        forget(controller)
        controller.close()
      },
      cancel(reason) {
        forget(own)
        return reader.cancel(reason)
      },
    })
  }

  await opened
  return {
    ending,
    ended,
    async send(request, { body, discardRest }, { incoming, outgoing }) {
      const id = nextId++
      // Not the request's own signal: to ask for it makes objects that outlive the request.
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) tell({ kind: 'gone', id })
      })
      const ip = incoming.socket.remoteAddress ?? null
      const what = kindOf(request)
      const response = await new Promise<Response>((answer, refuse) => {
        if (isOver) return refuse(timedOut(what))
        waiting.set(id, { answer, refuse, what })
        const { url, method } = request
        const headers = [...request.headers]
        tell({ kind: 'request', id, url, method, headers, body, ip }, transfersOf(body))
      })
      // A client that has gone breaks it off, which is told where it matters.
      void discardRest().catch(() => undefined)
      return response
    },
    async begin(url) {
      const begun = reached('begun')
      tell({ kind: 'begin', url })
      const tooLong = ended.then(() => {
        throw new StoreError(
          'The demo app took too long to make. A higher BACKEND_TIMEOUT allows for it.',
        )
      })
      await Promise.race([begun, tooLong])
    },
    async close() {
      const closed = reached('closed')
      isOver = true
      tell({ kind: 'close' })
      // One that has broken cannot say so.
      await Promise.race([closed, exited])
      await worker.terminate()
    },
  }
}

/** The worker beside this file: a source under tsx, a bundle where this is one. */
function workerFile(): URL {
  const isSource = import.meta.url.endsWith('.ts')
  return new URL(isSource ? './engine-worker.dev.mjs' : './engine-worker.js', import.meta.url)
}

/** What a request is called when it takes too long. */
export function kindOf({ url }: Request): RequestKind {
  return new URL(url).pathname === '/admin/transact' ? 'transaction' : 'query'
}

function toOpenError({ message, isExplained }: { message: string; isExplained: boolean }): Error {
  return isExplained ? new StoreError(message) : new Error(message)
}

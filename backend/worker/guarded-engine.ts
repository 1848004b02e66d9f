import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { timedOut } from '../engine-error'
import { crossOrigin } from '../http/cors'
import { answerError } from '../http/errors'
import { type EngineThread, kindOf, startEngineThread, type ThreadOptions } from './engine-thread'
import { takeBody } from './request-body'

/** An engine that outlives any one query. */
export interface GuardedEngine {
  fetch(request: Request, bindings: HttpBindings): Promise<Response>
  begin(url: string): Promise<void>
  close(): Promise<void>
  /** Rejects when the engine breaks in a way that a new start would not help. */
  readonly broken: Promise<never>
}

/**
 * Runs the engine in a thread, and starts another when that one does not answer any more: what it
 * was asked is answered with Instant's timeout, what is asked meanwhile waits for the store to be
 * open again.
 */
export async function startGuardedEngine(options: ThreadOptions): Promise<GuardedEngine> {
  let thread = Promise.resolve(await startEngineThread(options))
  let isClosing = false

  const broken = new Promise<never>((_, reject) => {
    const watch = async (current: EngineThread): Promise<void> => {
      await Promise.race([current.ending, current.ended])
      // From here on requests wait for the next one, which needs the store to be free.
      thread = current.ended.then(() => startEngineThread(options))
      console.error(
        'A request was too much for the engine, or took too long. It was ended and is started again.',
      )
      await watch(await thread)
    }
    thread.then(watch).catch((error: unknown) => {
      if (!isClosing) reject(error)
    })
  })

  return {
    broken,
    async fetch(request, bindings) {
      try {
        // First, so that no thread is ended between being chosen and being asked.
        const body = await takeBody(request)
        const current = await within(thread, options.timeoutMs)
        if (!current) throw timedOut(kindOf(request))
        return await current.send(request, body, bindings)
      } catch (error) {
        return refuse(request, error)
      }
    },
    begin: async (url) => (await thread).begin(url),
    async close() {
      isClosing = true
      await (await thread).close()
    },
  }
}

/** The answer to a request that the engine has not answered, with the headers that it would have. */
async function refuse(request: Request, error: unknown): Promise<Response> {
  const app = new Hono()
  app.use(crossOrigin())
  app.all('*', () => {
    throw error
  })
  app.onError(answerError)
  return app.fetch(request)
}

/** What the promise yields, or null when that takes longer. */
async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, limitMs, null)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

import 'server-only'
import type { z } from 'zod'
import { dataHeaders } from './data-headers'
import { requireInput, requireLoopback, toFailure } from './guard'
import type { RouteContext } from './route-context'
import { currentViewer, requireRole, type Viewer } from './viewer'

/** What happens while a stream is open, as `EventSource` tells it apart. */
export interface StreamEvent {
  /** `failed` is the last. */
  readonly name: 'ready' | 'changed' | 'trouble' | 'failed'
  readonly data?: unknown
}

/** A stream while it is open. */
export interface Streaming {
  /** Aborted when the browser is gone. */
  readonly signal: AbortSignal
  readonly send: (event: StreamEvent) => void
}

type Run<S extends z.ZodType> = (
  viewer: Viewer,
  input: z.output<S>,
  streaming: Streaming,
) => Promise<void>

/** Proxies close what is silent for longer. */
const keepAliveMs = 20_000

/**
 * A GET route handler that tells of events until the browser closes it, as an event stream. The
 * caller is identified and the input parsed before run sees either; what goes wrong, then or later,
 * is a last event `failed` with the failure, because a browser cannot read the body of a refusal.
 */
export function defineStream<S extends z.ZodType>(schema: S, run: Run<S>) {
  return async function GET(request: Request, context: RouteContext): Promise<Response> {
    const encoder = new TextEncoder()
    const gone = new AbortController()
    const signal = AbortSignal.any([request.signal, gone.signal])
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        const write = (text: string) => {
          if (!signal.aborted) controller.enqueue(encoder.encode(text))
        }
        const send = ({ name, data = null }: StreamEvent) =>
          write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
        const keepAlive = setInterval(() => write(':\n\n'), keepAliveMs)
        try {
          requireLoopback(request.headers)
          const viewer = await currentViewer()
          requireRole(viewer, 'read')
          const search = Object.fromEntries(new URL(request.url).searchParams)
          await run(viewer, requireInput(schema, { ...search, ...(await context.params) }), {
            signal,
            send,
          })
        } catch (error) {
          send({ name: 'failed', data: toFailure(error) })
        } finally {
          clearInterval(keepAlive)
          if (!signal.aborted) controller.close()
        }
      },
      cancel: () => gone.abort(),
    })
    return new Response(body, {
      headers: {
        ...dataHeaders,
        'content-type': 'text/event-stream',
        'cache-control': 'no-store, no-transform',
      },
    })
  }
}

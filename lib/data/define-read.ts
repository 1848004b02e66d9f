import 'server-only'
import type { z } from 'zod'
import type { Failure } from '@/lib/model/failure'
import { dataHeaders } from './data-headers'
import type { Picture } from './files'
import { requireInput, requireLoopback, toFailure } from './guard'
import type { RouteContext } from './route-context'
import { currentViewer, requireRole, type Viewer } from './viewer'

type Read<S extends z.ZodType> = (
  viewer: Viewer,
  input: z.output<S>,
  signal: AbortSignal,
) => Promise<unknown>

type PictureRead<S extends z.ZodType> = (
  viewer: Viewer,
  input: z.output<S>,
  signal: AbortSignal,
) => Promise<Picture>

/**
 * A GET route handler over a function of lib/data. Its input is the search parameters and, over
 * them, the path's. Anyone can call a route, so the caller is identified and the input parsed
 * before run sees either. Answers `{ data }`, or `{ error }` with a status of 4xx or 5xx.
 */
export function defineRead<S extends z.ZodType>(schema: S, run: Read<S>) {
  return async function GET(request: Request, context: RouteContext): Promise<Response> {
    return answerRead(request, async (viewer) => {
      const input = await inputOf(schema, request, context)
      return json({ data: await run(viewer, input, request.signal) }, 200)
    })
  }
}

/**
 * A GET route handler for a picture, which answers its bytes. Whoever stored it may have written
 * anything into it: the policy of all data routes keeps it from running.
 */
export function definePicture<S extends z.ZodType>(schema: S, run: PictureRead<S>) {
  return async function GET(request: Request, context: RouteContext): Promise<Response> {
    return answerRead(request, async (viewer) => {
      const input = await inputOf(schema, request, context)
      const { contentType, bytes } = await run(viewer, input, request.signal)
      return new Response(bytes, {
        headers: {
          ...dataHeaders,
          'content-type': contentType,
          'cross-origin-resource-policy': 'same-origin',
        },
      })
    })
  }
}

/**
 * A POST route handler for a read whose question is too big for an address, such as a query: its
 * input is the JSON body and, over it, the path's parameters. It is a route and no action, because
 * a request can be cancelled and actions wait for one another. Nothing it runs may write.
 */
export function defineQuestion<S extends z.ZodType>(schema: S, run: Read<S>) {
  return async function POST(request: Request, context: RouteContext): Promise<Response> {
    return answerRead(request, async (viewer) => {
      const body: unknown = await request.json().catch(() => null)
      const input = requireInput(schema, { ...Object(body), ...(await context.params) })
      return json({ data: await run(viewer, input, request.signal) }, 200)
    })
  }
}

async function inputOf<S extends z.ZodType>(
  schema: S,
  request: Request,
  context: RouteContext,
): Promise<z.output<S>> {
  const search = Object.fromEntries(new URL(request.url).searchParams)
  return requireInput(schema, { ...search, ...(await context.params) })
}

async function answerRead(
  request: Request,
  read: (viewer: Viewer) => Promise<Response>,
): Promise<Response> {
  try {
    requireLoopback(request.headers)
    const viewer = await currentViewer()
    requireRole(viewer, 'read')
    return await read(viewer)
  } catch (error) {
    const failure = toFailure(error)
    return json({ error: failure }, statusOf(failure))
  }
}

function json(body: unknown, status: number): Response {
  return Response.json(body, { status, headers: dataHeaders })
}

const statuses: Record<string, number> = {
  'invalid-input': 400,
  forbidden: 403,
  'unknown-app': 404,
  'unknown-namespace': 404,
  'unknown-record': 404,
  'hidden-record': 404,
  'unknown-user': 404,
  'no-picture': 404,
  'unknown-route': 404,
  internal: 500,
  unreachable: 502,
  'file-not-read': 502,
  'timed-out': 504,
  'not-connected': 503,
}

function statusOf({ code, status }: Failure): number {
  return statuses[code] ?? (status !== undefined && status >= 400 ? status : 400)
}

import 'server-only'
import type { z } from 'zod'
import { InstantError } from '@/lib/model/instant-error'
import { adminHeaders } from './admin-headers'
import type { Connection } from './connection'
import { reach } from './reach'
import { toRefusal } from './refusal'

interface AdminRequest {
  readonly path: string
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: object
  /** Beside those of every admin request. */
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** A request, as admin, to a route that the SDK does not cover, or not all of. Raises what `reach` raises. */
export async function fetchAsAdmin<S extends z.ZodType>(
  connection: Connection,
  { answer, ...request }: AdminRequest & { readonly answer: S },
): Promise<z.output<S>> {
  return readAnswer(connection, {
    path: request.path,
    answer,
    text: await fetchTextAsAdmin(connection, request),
  })
}

/** The text of the answer to such a request, which `readAnswer` reads. */
export async function fetchTextAsAdmin(
  connection: Connection,
  { path, method = 'GET', body, headers, signal }: AdminRequest,
): Promise<string> {
  return reach(
    connection,
    async (either) => {
      const response = await fetch(`${connection.apiURI}${path}`, {
        method,
        body: body ? JSON.stringify(body) : null,
        headers: { ...headers, ...adminHeaders(connection) },
        cache: 'no-store',
        signal: either,
      })
      const text = await response.text()
      if (!response.ok) throw new InstantError(toRefusal(response.status, text))
      return text
    },
    { signal },
  )
}

interface Answered<S extends z.ZodType> {
  readonly path: string
  readonly answer: S
  readonly text: string
}

/** What an answer says. Raises `not-instant` where it is none that Instant gives. */
export function readAnswer<S extends z.ZodType>(
  { apiURI }: Connection,
  { path, answer, text }: Answered<S>,
): z.output<S> {
  const parsed = answer.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new InstantError({
    code: 'not-instant',
    message: `The backend at ${apiURI} did not answer ${path} as Instant does.`,
  })
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

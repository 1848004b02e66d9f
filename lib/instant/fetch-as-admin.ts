import 'server-only'
import type { z } from 'zod'
import { InstantError } from '@/lib/model/instant-error'
import { adminHeaders } from './admin-headers'
import type { Connection } from './connection'
import { reach } from './reach'
import { toRefusal } from './refusal'

interface AdminRequest<S extends z.ZodType> {
  readonly path: string
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: object
  readonly answer: S
  readonly signal?: AbortSignal | undefined
}

/** A request, as admin, to a route that the SDK does not cover, or not all of. Raises what `reach` raises. */
export async function fetchAsAdmin<S extends z.ZodType>(
  connection: Connection,
  { path, method = 'GET', body, answer, signal }: AdminRequest<S>,
): Promise<z.output<S>> {
  return reach(
    connection,
    async (either) => {
      const response = await fetch(`${connection.apiURI}${path}`, {
        method,
        body: body ? JSON.stringify(body) : null,
        headers: adminHeaders(connection),
        cache: 'no-store',
        signal: either,
      })
      if (!response.ok) throw new InstantError(toRefusal(response.status, await response.text()))
      const parsed = answer.safeParse(await response.json().catch(() => null))
      if (parsed.success) return parsed.data
      throw new InstantError({
        code: 'not-instant',
        message: `The backend at ${connection.apiURI} did not answer ${path} as Instant does.`,
        status: response.status,
      })
    },
    { signal },
  )
}

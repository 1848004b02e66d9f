import 'server-only'
import type { z } from 'zod'
import { InstantError } from '@/lib/model/instant-error'
import { adminHeaders } from './client'
import type { Connection } from './connection'
import { reach } from './reach'
import { toRefusal } from './refusal'

interface AdminRequest<S extends z.ZodType> {
  readonly path: string
  readonly answer: S
  readonly signal?: AbortSignal | undefined
}

/** A GET, as admin, of a route the SDK does not cover. Raises what `reach` raises. */
export async function fetchAsAdmin<S extends z.ZodType>(
  connection: Connection,
  { path, answer, signal }: AdminRequest<S>,
): Promise<z.output<S>> {
  return reach(
    connection,
    async (either) => {
      const response = await fetch(`${connection.apiURI}${path}`, {
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

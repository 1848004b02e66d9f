import 'server-only'
import { InstantError } from '@/lib/model/instant-error'
import type { Connection } from './connection'
import { reach } from './reach'

interface FileOptions {
  /** The signed address that a record of `$files` came with. */
  readonly url: string
  /** How many bytes it may have at the most. */
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}

/**
 * The bytes of a stored file. Its address alone permits that, so nothing else of ours is sent along.
 * Raises `file-not-read` when the storage refuses, or gives more than the limit, and what `reach` raises.
 */
export async function fetchFile(
  connection: Connection,
  { url, limit, signal }: FileOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  return reach(
    connection,
    async (either) => {
      const response = await fetch(url, { cache: 'no-store', credentials: 'omit', signal: either })
      if (!response.ok || !response.body) {
        throw refuse(`The storage refused it (status ${response.status}).`)
      }
      const parts: Uint8Array[] = []
      let length = 0
      for await (const part of response.body) {
        length += part.length
        if (length > limit) throw refuse('It is larger than its record says.')
        parts.push(part)
      }
      return new Uint8Array(Buffer.concat(parts))
    },
    { signal },
  )
}

function refuse(message: string): InstantError {
  return new InstantError({ code: 'file-not-read', message })
}

import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

const keyBytes = 32

/** A new key to sign links with. */
export function newLinkKey(): Uint8Array {
  return randomBytes(keyBytes)
}

/**
 * The key in a file that only its owner may read; made when there is none. Two processes that start
 * at once end up with the same one.
 */
export async function readLinkKey(file: string): Promise<Uint8Array> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, newLinkKey(), { mode: 0o600, flush: true })
  // A link is made only where nothing stands yet, and then with the whole content.
  await link(draft, file)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    .finally(() => rm(draft, { force: true }))
  const key = await readFile(file)
  if (key.length === keyBytes) return key
  throw new Error(`${file} is not a key of ${keyBytes} bytes. Delete it to have a new one made.`)
}

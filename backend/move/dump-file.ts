import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Database } from '@/backend/store/database'
import { dumpStore, loadStore, type OnRows } from '@/backend/store/dump'
import { StoreError } from '@/backend/store/store-error'

/**
 * Writes all of a store to a file, which is there only when it is complete. It holds tokens, so only
 * its owner may read it.
 */
export async function exportTo(db: Database, file: string, onRows: OnRows): Promise<void> {
  const draft = `${file}.part`
  try {
    await db.transaction(
      (tx) =>
        pipeline(
          Readable.from(dumpStore(tx, onRows)),
          createGzip(),
          createWriteStream(draft, { mode: 0o600, flush: true }),
        ),
      'read',
    )
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Told how many bytes of a file have been read so far. */
type OnBytes = (bytes: number) => void

/** Fills an empty store from such a file, or leaves it as it was. Answers with the number of rows. */
export async function importFrom(db: Database, file: string, onBytes: OnBytes): Promise<number> {
  try {
    return await loadStore(db, () => readLines(file, onBytes))
  } catch (error) {
    if (error instanceof StoreError) throw error
    throw new StoreError(`${file} cannot be imported: ${(error as Error).message}`)
  }
}

/** Begins to read when it is asked for the first line: readline would lose what comes before that. */
async function* readLines(file: string, onBytes: OnBytes): AsyncGenerator<string> {
  const bytes = createReadStream(file)
  const text = bytes.pipe(createGunzip()).setEncoding('utf8')
  // Of the file, and of what is in it, whichever breaks first.
  bytes.on('error', (error) => text.destroy(error))
  let begun: string[] = []
  for await (const part of text) {
    const [end = '', ...following] = part.split('\n')
    begun.push(end)
    // Joined only when they are whole: a line may be of hundreds of parts.
    for (const next of following) {
      yield begun.join('')
      begun = [next]
    }
    onBytes(bytes.bytesRead)
  }
  const rest = begun.join('')
  if (rest !== '') yield rest
}

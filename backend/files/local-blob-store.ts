import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isUuid } from '@/lib/base/uuid'
import { type BlobKey, type BlobStore, blobName } from './blob-store'

const draftLifetimeMs = 24 * 3_600_000

export interface LocalFolder {
  readonly folder: string
  /** No other process writes to it, so whatever is half written is left from an earlier one. */
  readonly isOwn: boolean
}

/**
 * Bytes in files of a folder that only its owner may read. They are written under another name and
 * renamed once they are on the disk, so a file is whole or not there. What a process that was
 * killed left half written is removed here: at once in a folder of one's own, else after a day.
 */
export async function openLocalBlobStore({ folder, isOwn }: LocalFolder): Promise<BlobStore> {
  const drafts = join(folder, 'drafts')
  await mkdir(drafts, { recursive: true, mode: 0o700 })
  await removeDrafts(drafts, isOwn ? 0 : draftLifetimeMs)

  return {
    async put(key, source) {
      const file = fileOf(folder, key)
      const draft = join(drafts, randomUUID())
      try {
        const target = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
        await pipeline(Readable.from(source), target)
        await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        await rename(draft, file)
        await syncFolder(dirname(file))
      } finally {
        await rm(draft, { force: true })
      }
    },
    async get(key, range) {
      const handle = await orNull(open(fileOf(folder, key)))
      if (!handle) return null
      const bytes = handle.createReadStream(range ?? {})
      return Readable.toWeb(bytes) as ReadableStream<Uint8Array>
    },
    async delete(key) {
      await rm(fileOf(folder, key), { force: true })
    },
  }
}

function fileOf(folder: string, key: BlobKey): string {
  if (!isUuid(key.appId) || !isUuid(key.locationId)) throw new Error('A blob key is two uuids.')
  return join(folder, blobName(key))
}

async function removeDrafts(drafts: string, olderThanMs: number): Promise<void> {
  for (const name of await readdir(drafts)) {
    const draft = join(drafts, name)
    const age = Date.now() - ((await orNull(stat(draft)))?.mtimeMs ?? 0)
    if (age >= olderThanMs) await rm(draft, { force: true })
  }
}

/** A rename is on the disk once the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

/** Null for a file that is not there. */
function orNull<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}

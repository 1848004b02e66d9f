import { type EngineError, validationError } from '@/backend/engine-error'
import { measureBytes } from '@/backend/files/measure-bytes'
import { abandonBlob, attachBlob, insertBlob } from '@/backend/store/blobs'
import { findFilesByPath } from '@/backend/store/find-files'
import type { Engine } from '../engine'
import { type SystemWrite, writeAsSystem } from '../write-as-system'
import { checkFileFacts, type FileFacts, fileValues } from './file-values'
import { type FileCaller, requireStoragePermission } from './storage-permission'

/** A file as it comes in. */
export interface Upload {
  readonly path: string
  readonly contentType: string | null
  readonly contentDisposition: string | null
  /** The length that was announced; null when none was. */
  readonly announcedBytes: number | null
  readonly bytes: AsyncIterable<Uint8Array>
}

/** What the client is told of an upload. */
export interface Uploaded {
  readonly id: string
  readonly locationId: string
  readonly sizeBytes: number
}

/**
 * Stores a file under a path (contract http.md 2.16). A row that has the path already keeps its id and
 * gets the new bytes; `$files.create` is asked all the same. The row is written once the bytes are
 * safe, so a row without bytes is never seen; bytes without a row are swept away.
 */
export async function uploadFile(
  engine: Engine,
  caller: FileCaller,
  upload: Upload,
): Promise<Uploaded> {
  const locationId = crypto.randomUUID()
  const facts = { ...upload, locationId, sizeBytes: upload.announcedBytes ?? 0 }
  await admit(engine, caller, facts)
  const key = { appId: caller.appId, locationId }
  const { bytes, count } = measureBytes(upload.bytes, {
    limitBytes: engine.files.sizeLimitBytes,
    announcedBytes: upload.announcedBytes,
    refuse: (fault, found) => refusal(fault, { engine, facts, found }),
  })
  let isAttached = false
  await insertBlob(engine.db, key)
  try {
    await engine.files.blobs.put(key, bytes)
    const sizeBytes = count()
    const id = await writeAsSystem(engine, caller.app, (write) =>
      writeRow(write, caller.appId, { ...facts, sizeBytes }),
    )
    isAttached = true
    return { id, locationId, sizeBytes }
  } finally {
    if (!isAttached) await abandonBlob(engine.db, key)
  }
}

/** Everything that can be refused is refused before the first byte is taken. */
async function admit(engine: Engine, caller: FileCaller, facts: FileFacts): Promise<void> {
  await admitFile(engine, caller, facts)
  if (facts.sizeBytes > engine.files.sizeLimitBytes) {
    throw refusal('too large', { engine, facts, found: facts.sizeBytes })
  }
}

/** Refuses a file that cannot be stored as it is called, or not by the caller. */
export async function admitFile(
  engine: Engine,
  caller: FileCaller,
  facts: FileFacts,
): Promise<void> {
  const { db, readSchema } = engine
  const schema = await db.transaction((tx) => readSchema(tx, caller.app), 'read')
  checkFileFacts(schema, facts)
  await requireStoragePermission(engine, caller, { action: 'create', paths: [facts.path] })
}

async function writeRow(
  { tx, app, schema, writeOps }: SystemWrite,
  appId: string,
  facts: FileFacts,
): Promise<string> {
  const [existing] = await findFilesByPath(tx, { app, schema }, [facts.path])
  const id = existing?.id ?? crypto.randomUUID()
  const values = fileValues(schema, facts)
  const entity = { kind: 'id' as const, id }
  await writeOps([
    {
      kind: 'put',
      namespace: '$files',
      entity,
      values,
      mode: null,
      facts: values.length,
      lookup: null,
    },
  ])
  const isThere = await attachBlob(tx, { appId, locationId: facts.locationId }, id)
  if (!isThere) throw new Error('The upload took so long that its bytes have been given up.')
  return id
}

function refusal(
  fault: 'too large' | 'other length',
  { engine, facts, found }: { engine: Engine; facts: FileFacts; found: number },
): EngineError {
  const { sizeLimitBytes } = engine.files
  const message =
    fault === 'too large'
      ? `The file is larger than the ${sizeLimitBytes} bytes that are allowed.`
      : `The request announced ${facts.sizeBytes} bytes and brought ${found}.`
  return validationError('file', { path: facts.path }, [{ message }])
}

import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startEngine } from './pglite/pglite-engine'

// Named for the exact engine; delete the file when its start parameters for `initdb` change.
const folder = new URL('../../node_modules/.cache/understudy/', import.meta.url)
const file = fileURLToPath(new URL('pglite-0.5.16.tar', folder))

/** The files of an empty database: initialising one takes seconds, unpacking it a fraction. */
export async function readTemplate(): Promise<Blob> {
  return readCached() ?? (await createTemplate())
}

function readCached(): Blob | null {
  try {
    return new Blob([readFileSync(file)])
  } catch {
    return null
  }
}

async function createTemplate(): Promise<Blob> {
  const engine = await startEngine({}, { isDurable: false })
  await engine.exec('create schema understudy; checkpoint')
  const dump = await engine.dumpDataDir('none')
  await engine.close()
  mkdirSync(folder, { recursive: true })
  // Test files run in parallel: a rename never shows another process half a file.
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, Buffer.from(await dump.arrayBuffer()))
  renameSync(draft, file)
  return dump
}

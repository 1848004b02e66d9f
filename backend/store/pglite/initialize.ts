import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DataDirectory } from './data-directory'
import { DurableFiles, syncDirectory } from './durable-files'
import { startEngine } from './pglite-engine'

/**
 * Makes an empty database. It appears under its name complete and on disk, or not at all: what
 * an interrupted start has left is thrown away. `template` is a dump of an empty database.
 */
export async function initialize(
  { path, files, draft }: DataDirectory,
  template: Blob | null,
): Promise<void> {
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  const fs = new DurableFiles(draft)
  const options = template ? { fs, loadDataDir: template } : { fs }
  const engine = await startEngine(options, { isDurable: false })
  await engine.close()
  syncTree(draft)
  renameSync(draft, files)
  syncDirectory(path)
}

function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncTree(path)
    else syncFile(path)
  }
  syncDirectory(folder)
}

function syncFile(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type EngineOptions = Parameters<NodeFS['init']>[1]

/** What this file touches of Emscripten's file system over Node's. */
interface Nodefs {
  readonly realPath: (node: unknown) => string
  readonly tryFSOperation: <T>(operation: () => T) => T
  readonly stream_ops: { fsync?: (stream: FileStream) => number }
}

interface FileStream {
  readonly node: unknown
  /** The file descriptor; a directory has none. */
  readonly nfd?: number
}

/**
 * PGlite's files in a directory, with fsync. As shipped, PGlite never syncs: Emscripten's file
 * system has no such operation, so what Postgres believes to be on disk may be lost with the
 * power. `durable-files.pg.test.ts` counts the syncs, since this reaches into its internals.
 */
export class DurableFiles extends NodeFS {
  override async init(engine: PGlite, options: EngineOptions): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(engine, options)
    const preRun = [...(emscriptenOpts.preRun ?? []), enableFsync]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }
}

function enableFsync(module: object): void {
  if (!hasNodefs(module)) throw new Error('This version of PGlite has no NODEFS to sync files of.')
  const { NODEFS: nodefs } = module
  const syncedNames = new Set<string>()
  nodefs.stream_ops.fsync = (stream) =>
    nodefs.tryFSOperation(() => {
      const path = nodefs.realPath(stream.node)
      if (stream.nfd !== undefined) fsyncSync(stream.nfd)
      // Syncs of directories do not arrive here, so a file's name is synced with its first bytes.
      if (!syncedNames.has(path)) syncDirectory(dirname(path))
      syncedNames.add(path)
      return 0
    })
}

/** Makes the creation and renaming of files in the directory survive a loss of power. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

function hasNodefs(module: object): module is { NODEFS: Nodefs } {
  return 'NODEFS' in module
}

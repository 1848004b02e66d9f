import { findFilesByPath } from '@/backend/store/find-files'
import { refuseUnstorableText } from '../../transact/unstorable-text'
import type { Engine } from '../engine'
import { deleteSteps, writeAsSystem } from '../write-as-system'
import { type FileCaller, requireStoragePermission } from './storage-permission'

/**
 * Deletes the files that have the paths, with what cascades from them, if the caller may delete every
 * one; answers with their ids in the order of the paths. A path that no file has is no error
 * (contract http.md 2.16).
 */
export async function deleteFiles(
  engine: Engine,
  caller: FileCaller,
  paths: readonly string[],
): Promise<readonly string[]> {
  refuseUnstorableText(paths)
  await requireStoragePermission(engine, caller, { action: 'delete', paths })
  return writeAsSystem(engine, caller.app, async (write) => {
    const files = new Map(
      (await findFilesByPath(write.tx, write, paths)).map(({ path, id }) => [path, id]),
    )
    const ids = [...new Set(paths)].flatMap((path) => files.get(path) ?? [])
    await write.write(deleteSteps('$files', ids))
    return ids
  })
}

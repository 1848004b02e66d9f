import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { root } from './settings.mjs'

/** A hash that changes when any of the files, given relative to the root, does. */
export async function fingerprint(files) {
  const hash = createHash('sha256')
  for (const file of [...files].sort()) {
    hash.update(`${file}\0`)
    hash.update(await readFile(join(root, file)))
  }
  return hash.digest('hex')
}

/** Every file below the folders that can end up in a build: no tests, no benchmarks. */
export async function sourcesIn(folders) {
  const found = []
  for (const folder of folders) {
    const entries = await readdir(join(root, folder), {
      withFileTypes: true,
      recursive: true,
    }).catch(() => [])
    for (const entry of entries) {
      if (!entry.isFile() || /\.(test|bench)\.tsx?$/.test(entry.name)) continue
      found.push(relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    }
  }
  return found
}

export async function readStamp(file) {
  return readFile(join(root, file), 'utf8').catch(() => null)
}

export async function removeStamp(file) {
  await rm(join(root, file), { force: true })
}

/** Written last: a stamp that exists says that what it stamps was finished. */
export async function writeStamp(file, text) {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}

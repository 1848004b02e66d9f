import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StoreError } from '../store-error'

/** The release of Postgres inside PGlite; the files of another cannot be opened. */
const postgresVersion = '18'

/**
 * The layout of a data directory. The database is in a folder of its own, so a mounted volume
 * can be the data directory and other parts of the backend can keep their files beside it.
 */
export interface DataDirectory {
  readonly path: string
  readonly files: string
  /** Where a new database is made before it is renamed to `files`. */
  readonly draft: string
}

/** Says that the directory is ours, also when the first start did not get further. */
const marker = 'understudy.json'

/**
 * The data directory, created with access for its owner alone if it does not exist. Throws a
 * StoreError when it cannot be used, and changes nothing in a directory that is not ours.
 */
export function prepareDataDirectory(dataDir: string): DataDirectory {
  const path = resolve(dataDir)
  const directory = { path, files: join(path, 'postgres'), draft: join(path, 'postgres.draft') }
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    claim(path)
    if (existsSync(directory.files)) chmodSync(directory.files, 0o700)
  } catch (error) {
    throw explain(path, error)
  }
  refuseOtherVersion(directory)
  return directory
}

function claim(path: string): void {
  if (existsSync(join(path, marker))) return
  const foreign = readdirSync(path).find((name) => !name.startsWith('.') && name !== 'lost+found')
  if (foreign) {
    throw new StoreError(
      `${path} holds other files (such as ${foreign}) and is no data directory of Understudy. ` +
        'Choose an empty or a new directory.',
    )
  }
  writeFileSync(join(path, marker), `${JSON.stringify({ engine: 'pglite' })}\n`, { mode: 0o600 })
}

function refuseOtherVersion(directory: DataDirectory): void {
  const { path, files } = directory
  if (!existsSync(files)) return
  const file = join(files, 'PG_VERSION')
  if (!existsSync(file)) throw isDamaged(directory, 'it has no PG_VERSION')
  const version = readFileSync(file, 'utf8').trim()
  if (version === postgresVersion) return
  throw new StoreError(
    `The database in ${path} was made by Postgres ${version}, and this is Postgres ` +
      `${postgresVersion}. Export it with the version of Understudy that made it.`,
  )
}

export function isDamaged({ path, files }: DataDirectory, reason: string): StoreError {
  return new StoreError(
    `The database in ${path} is damaged or incomplete (${reason}). Restore ${files} from a ` +
      'backup, or move it away to start with an empty database.',
  )
}

function explain(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StoreError(
        `The data directory ${path} cannot be read and written (${code}). ` +
          'Give the user who runs Understudy access to it, or choose another directory.',
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new StoreError(
        `The data directory ${path} cannot be made, since a file is in its place. ` +
          'Remove the file, or choose another directory.',
      )
    case 'ENOSPC':
      return new StoreError(`The disk of the data directory ${path} is full. Make room on it.`)
    default:
      return error
  }
}

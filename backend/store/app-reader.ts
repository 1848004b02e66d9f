import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** Reads something that an app has, such as its schema, in the snapshot of a transaction. */
export type AppReader<T> = (tx: Queryable, app: AppKey) => Promise<T>

interface Versioned<T> {
  readonly version: number
  readonly value: T
}

interface AppReaderOptions<T> {
  readonly mostApps: number
  readonly readVersion: (tx: Queryable, app: AppKey) => Promise<number>
  /** Given the version that was just read. */
  readonly read: (tx: Queryable, app: AppKey, version: number) => Promise<Versioned<T>>
}

interface Known<T> extends Versioned<T> {
  /** In which snapshot it was current last; undefined when that has no number. */
  readonly snapshot: number | undefined
}

/**
 * A reader that keeps what it has read and reads it again only when its version has moved on. Where
 * nothing has been written since, it does not even ask for the version. Not to be asked after a change
 * in the same transaction, which may be rolled back.
 */
export function createAppReader<T>(options: AppReaderOptions<T>): AppReader<T> {
  const { mostApps, readVersion, read } = options
  const known = new Map<AppKey, Known<T>>()
  return async (tx, app) => {
    const { snapshot } = tx
    const kept = known.get(app)
    if (kept && snapshot !== undefined && kept.snapshot === snapshot) return kept.value
    const version = await readVersion(tx, app)
    const current = kept && kept.version === version ? kept : await read(tx, app, version)
    known.delete(app)
    known.set(app, { version: current.version, value: current.value, snapshot })
    const oldest = known.keys().next()
    if (known.size > mostApps && !oldest.done) known.delete(oldest.value)
    return current.value
  }
}

import type { BlobKey } from '@/backend/files/blob-store'
import type { Level, Plan } from '@/backend/query/plan'
import type { EntityRow } from '@/backend/query/shape'
import { type AppKey, dataKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import { findApp } from '@/backend/store/read-app'
import { must } from '@/lib/base/must'
import type { Engine } from '../engine'

/** The link to a file's bytes; null for a row that has none. */
export type FileUrl = (row: EntityRow) => string | null

/**
 * A link for whoever holds it, on the server at `serverOrigin`, that holds for the rest of seven days
 * and is the same all day (contract http.md 2.16).
 */
export function signFileUrl({ files }: Engine, serverOrigin: string, key: BlobKey): string {
  const { expires, signature } = files.links.sign(key, Date.now())
  const query = new URLSearchParams({ expires: String(expires), signature })
  return `${serverOrigin}/storage/files/${key.appId}/${key.locationId}?${query}`
}

/**
 * How to make `url` of rows of `$files`, which is never stored; null where a plan does not show it,
 * or a guest asks an app that is not there.
 */
export async function fileUrls(
  engine: Engine,
  tx: Queryable,
  {
    app,
    schema,
    plan,
    serverOrigin,
  }: {
    readonly app: AppKey
    readonly schema: Schema
    readonly plan: Plan
    readonly serverOrigin: string
  },
): Promise<FileUrl | null> {
  const isWanted = plan.roots.some(({ level }) => level !== null && someLevel(level, showsUrl))
  if (!isWanted) return null
  const found = await findApp(tx, app)
  if (!found) return null
  const appId = found.id
  const location = dataKey(
    must(schema.dataAttr('$files', 'location-id'), 'the catalog has $files.location-id').key,
  )
  return ({ data }) => {
    const locationId = data[location]
    if (typeof locationId !== 'string') return null
    return signFileUrl(engine, serverOrigin, { appId, locationId })
  }
}

/** Whether a level shows rows of `$files` with their `url`. */
export function showsUrl({ namespace, labels }: Level): boolean {
  return namespace === '$files' && [...labels.values()].includes('url')
}

function someLevel(level: Level, test: (level: Level) => boolean): boolean {
  return (
    test(level) ||
    level.children.some((child) => child.level !== null && someLevel(child.level, test))
  )
}

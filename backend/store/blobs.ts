import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { Queryable } from './database'

/** Bytes of an upload, by app and `location-id`. */
export interface BlobRef {
  readonly appId: string
  readonly locationId: string
}

/**
 * `blobs` has a row for all bytes that are or may be kept, from before the first one is taken until
 * the last one is deleted. So whatever becomes of an upload or a transaction, it is known which bytes
 * no row of `$files` has: those that were released, and those that were not attached within a day.
 */
export async function insertBlob(db: Queryable, { appId, locationId }: BlobRef): Promise<void> {
  await db.query(sql`insert into blobs (app_id, location_id) values (${appId}, ${locationId})`)
}

/**
 * Gives the bytes to a row of `$files` and releases what it had before. False when they have been
 * given up meanwhile, and may be gone.
 */
export async function attachBlob(
  tx: Queryable,
  { appId, locationId }: BlobRef,
  fileId: string,
): Promise<boolean> {
  const attached = await tx.query(sql`
    update blobs set file_id = ${fileId}
    where app_id = ${appId} and location_id = ${locationId} and released_at is null
    returning location_id`)
  await tx.query(sql`
    update blobs set released_at = now()
    where app_id = ${appId} and file_id = ${fileId} and location_id <> ${locationId}
      and released_at is null`)
  return attached.length > 0
}

/** Notes bytes that are stored already, each with its row of `$files`. */
export async function insertAttachedBlobs(
  db: Queryable,
  appId: string,
  blobs: readonly { readonly locationId: string; readonly fileId: string }[],
): Promise<void> {
  await db.query(sql`
    insert into blobs (app_id, location_id, file_id)
    select ${appId}, w.location_id, w.file_id from unnest(
      ${blobs.map(({ locationId }) => locationId)}::uuid[],
      ${blobs.map(({ fileId }) => fileId)}::uuid[]
    ) w(location_id, file_id)
    on conflict (app_id, location_id) do nothing`)
}

/** Gives up bytes that were not attached; no change to any that were. */
export async function abandonBlob(db: Queryable, { appId, locationId }: BlobRef): Promise<void> {
  await db.query(sql`
    update blobs set released_at = now()
    where app_id = ${appId} and location_id = ${locationId} and file_id is null`)
}

/** Releases the bytes of deleted rows of `$files`. */
export async function releaseBlobs(
  tx: Queryable,
  app: AppKey,
  fileIds: readonly string[],
): Promise<void> {
  await tx.query(sql`
    update blobs b set released_at = now() from apps a
    where a.key = ${app} and b.app_id = a.id and b.file_id = any(${fileIds}::uuid[])
      and b.released_at is null`)
}

/** Releases the bytes of apps that are no more. Reads the whole table. */
export async function releaseBlobsOfGoneApps(db: Queryable): Promise<void> {
  await db.query(sql`
    update blobs b set released_at = now()
    where b.released_at is null and not exists (select from apps a where a.id = b.app_id)`)
}

/** Some of the bytes that nothing has or will have. */
export async function findReleasedBlobs(db: Queryable, count: number): Promise<readonly BlobRef[]> {
  return db.query<BlobRef>(sql`
    select app_id as "appId", location_id as "locationId" from blobs where released_at is not null
    union all
    select app_id, location_id from blobs
    where released_at is null and file_id is null and created_at < now() - interval '1 day'
    limit ${count}`)
}

/** Forgets bytes that have been deleted. */
export async function deleteBlob(db: Queryable, { appId, locationId }: BlobRef): Promise<void> {
  await db.query(sql`
    delete from blobs where app_id = ${appId} and location_id = ${locationId}
      and (released_at is not null or file_id is null)`)
}

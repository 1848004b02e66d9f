import { sql } from '@/backend/sql/sql'
import type { AppKey, Attr } from '../schema/attr'
import type { Queryable } from './database'
import { clearIndex } from './fill-index'
import { bumpSchemaVersion } from './insert-attrs'

/**
 * Hides an attribute and its values. They stay stored, so that it can be restored, but without
 * index, uniqueness and requirement; its name is free at once (contract semantics.md 8).
 */
export async function deleteAttr(tx: Queryable, app: AppKey, attr: Attr): Promise<void> {
  await tx.query(sql`
    update attrs set deleted_at = now(), is_unique = false, is_indexed = false, is_required = false
    where app = ${app} and key = ${attr.key}`)
  if (attr.kind === 'data') await clearIndex(tx, app, attr)
  else {
    await tx.query(
      sql`update links set one_to = false where app = ${app} and attr = ${attr.key} and one_to`,
    )
  }
  await bumpSchemaVersion(tx, app)
}

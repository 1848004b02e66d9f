import { sql } from '@/backend/sql/sql'
import type { AppKey, Attr } from '../schema/attr'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'
import { hiddenNamespace } from './deleted-attrs'
import { clearIndex } from './fill-index'
import { bumpSchemaVersion, insertNamespaces } from './insert-attrs'
import { renameNamespace } from './rename-namespace'

/**
 * Hides an attribute and its values. They stay stored, so that it can be restored, but without
 * index, uniqueness and requirement; its name is free at once (contract semantics.md 8). With its
 * `id` a namespace loses its entities: they stay behind under a name that nobody can say.
 */
export async function deleteAttr(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  attr: Attr,
): Promise<void> {
  await tx.query(sql`
    update attrs set deleted_at = now(), is_unique = false, is_indexed = false, is_required = false
    where app = ${app} and key = ${attr.key}`)
  if (attr.kind === 'link') {
    await tx.query(
      sql`update links set one_to = false where app = ${app} and attr = ${attr.key} and one_to`,
    )
  } else {
    await clearIndex(tx, app, attr)
    if (attr.forward.label === 'id') await abandonEntities(tx, { app, schema }, attr)
  }
  await bumpSchemaVersion(tx, app)
}

async function abandonEntities(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  attr: Attr,
): Promise<void> {
  const { namespace } = attr.forward
  await renameNamespace(tx, app, { from: namespace, to: hiddenNamespace(attr) })
  await insertNamespaces(tx, app, [namespace])
  for (const each of schema.dataAttrs(namespace)) await clearIndex(tx, app, each)
}

import { validationError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { AttrDraft } from '@/backend/schema/draft'
import { admitAttrs } from '@/backend/schema/new-attrs'
import type { Schema } from '@/backend/schema/schema'
import { toWireAttr } from '@/backend/schema/wire'
import type { Queryable } from '@/backend/store/database'
import { deleteAttr } from '@/backend/store/delete-attr'
import { graceDays, readDeletedAttrs, restoreAttr } from '@/backend/store/deleted-attrs'
import { hasEntities } from '@/backend/store/has-entities'
import { insertAttrs } from '@/backend/store/insert-attrs'
import { loadSchema } from '@/backend/store/load-schema'
import type { JsonObject } from '@/lib/base/json'
import type { Engine } from './engine'

/**
 * Adds attributes, and answers with the schema that has them. One that is required cannot be added
 * where entities are that would lack it (contract semantics.md 8; http.md 5.9).
 */
export async function addAttrs(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  drafts: readonly AttrDraft[],
): Promise<Schema> {
  const admitted = admitAttrs(schema, drafts)
  if (admitted.length === 0) return schema
  for (const { isRequired, forward } of admitted) {
    const namespace = isRequired ? schema.namespaceKey(forward.namespace) : undefined
    if (namespace === undefined || !(await hasEntities(tx, app, namespace))) continue
    throw validationError(
      'attributes',
      [forward.namespace, forward.label],
      [
        {
          message: `Can't create attribute \`${forward.label}\` as required because \`${forward.namespace}\` already have entities`,
        },
      ],
    )
  }
  return insertAttrs(tx, app, admitted)
}

/** Deletes an attribute by its id; one that is not there is no matter. System ones cannot go. */
export async function removeAttr(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  id: string,
): Promise<Schema> {
  const attr = schema.attrById(id)
  if (!attr) return schema
  if (attr.catalog === 'system') {
    const { namespace, label } = attr.forward
    throw validationError('attributes', id, [
      {
        message: `${namespace}.${label} is a system column. You aren't allowed to change this directly.`,
      },
    ])
  }
  await deleteAttr(tx, { app, schema }, attr)
  return loadSchema(tx, app)
}

/**
 * Brings an attribute back that was deleted not too long ago (contract semantics.md 8); one that was
 * not is refused, and so is one of which another attribute has a name by now.
 */
export async function reviveAttr(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  id: string,
): Promise<Schema> {
  if (schema.attrById(id)) return schema
  const deleted = (await readDeletedAttrs(tx, app)).find(({ attr }) => attr.id === id)
  if (!deleted) {
    throw validationError('attributes', id, [
      { message: `There is no deleted attribute with the id ${id} that could be restored.` },
    ])
  }
  admitAttrs(schema, [{ ...deleted.attr, isRequired: false }])
  await restoreAttr(tx, app, deleted.attr)
  return loadSchema(tx, app)
}

/** `GET /admin/soft_deleted_attrs` (contract http.md 2.17). */
export async function listDeletedAttrs({ db }: Engine, app: AppKey): Promise<JsonObject> {
  const deleted = await readDeletedAttrs(db, app)
  return {
    attrs: deleted.map(({ attr, deletedAt }) => ({
      ...toWireAttr(attr),
      deletion_marked_at: deletedAt,
    })),
    'grace-period-days': graceDays,
  }
}

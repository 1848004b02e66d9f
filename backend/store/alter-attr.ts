import { sql } from '@/backend/sql/sql'
import type { AppKey, Attr, DataAttr } from '../schema/attr'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'
import { fillIndex } from './fill-index'
import { bumpSchemaVersion } from './insert-attrs'

/**
 * Stores what an attribute has become: names, constraints, cascades. Its key, ids and kind stay.
 * The index table and the links follow; what is stored must allow it, which callers check first.
 */
export async function alterAttr(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  { from, to }: { readonly from: Attr; readonly to: Attr },
): Promise<void> {
  await storeAttr(tx, app, to)
  if (to.kind === 'data') {
    if (from.kind === 'data' && !hasSameRows(from, to)) await fillIndex(tx, { app, schema }, to)
    return
  }
  await tx.query(sql`
    update links set one_from = ${to.cardinality === 'one'}::boolean, one_to = ${to.isUnique}::boolean
    where app = ${app} and attr = ${to.key}
      and (one_from, one_to) is distinct from (${to.cardinality === 'one'}::boolean, ${to.isUnique}::boolean)`)
}

/**
 * Stores what an attribute has become, without its index rows or links: those are made already, or
 * do not change.
 */
export async function storeAttr(tx: Queryable, app: AppKey, to: Attr): Promise<void> {
  await tx.query(sql`
    update attrs set namespace = ${to.forward.namespace}, label = ${to.forward.label},
      reverse_namespace = ${to.reverse?.namespace ?? null}, reverse_label = ${to.reverse?.label ?? null},
      cardinality = ${to.kind === 'link' ? to.cardinality : 'one'},
      is_unique = ${to.isUnique}, is_indexed = ${to.isIndexed}, is_required = ${to.isRequired},
      checked_type = ${to.kind === 'data' ? to.checkedType : null}, on_delete = ${to.onDelete},
      on_delete_reverse = ${to.kind === 'link' ? to.onDeleteReverse : null},
      index_key = ${to.kind === 'data' && to.indexKey !== to.key ? to.indexKey : null}
    where app = ${app} and key = ${to.key}`)
  await bumpSchemaVersion(tx, app)
}

function hasSameRows(a: DataAttr, b: DataAttr): boolean {
  return a.isUnique === b.isUnique && a.isIndexed === b.isIndexed && a.checkedType === b.checkedType
}

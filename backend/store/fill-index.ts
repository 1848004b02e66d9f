import { type Sql, sql } from '@/backend/sql/sql'
import { type AppKey, type DataAttr, indexColumn } from '../schema/attr'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

/**
 * Makes the index table say what the attribute now wants of it: a row for every entity of the
 * namespace when it is indexed or unique, none otherwise. Entities without a value of an indexed
 * attribute get a null (contract semantics.md 1). The values must fit: be unique, and small.
 */
export async function fillIndex(
  tx: Queryable,
  { app, schema }: { readonly app: AppKey; readonly schema: Schema },
  attr: DataAttr,
): Promise<void> {
  const namespace = schema.namespaceKey(attr.forward.namespace)
  const column = indexColumn(attr)
  await clearIndex(tx, app, attr)
  if (namespace === undefined || column === null) return
  if (attr.isIndexed) {
    await tx.query(sql`
      update entities set data = data || jsonb_build_object(${String(attr.key)}::text, null)
      where app = ${app} and ns = ${namespace} and not data ? ${String(attr.key)}::text`)
  }
  await tx.query(sql`
    ${indexRows(app, attr)} where e.app = ${app} and e.ns = ${namespace}`)
}

/** The insertion of the index rows of an attribute; what follows says of which entities `e`. */
export function indexRows(app: AppKey, attr: DataAttr): Sql {
  const column = indexColumn(attr)
  const value: Sql = sql`e.data -> ${String(attr.key)}::text`
  return sql`
    insert into index_values (app, attr, id, is_unique, is_text, vn, vt)
    select ${app}::int, ${attr.indexKey}::int, e.id, ${attr.isUnique}::boolean, ${column === 'text'}::boolean,
      ${column === 'text' ? sql`null` : sql`index_number(${value}, ${attr.checkedType}::text)`},
      ${column === 'text' ? sql`index_text(${value}, ${attr.checkedType}::text)` : sql`null`}
    from entities e`
}

/** Forgets the index rows of an attribute. */
export async function clearIndex(tx: Queryable, app: AppKey, attr: DataAttr): Promise<void> {
  await tx.query(sql`delete from index_values where app = ${app} and attr = ${attr.indexKey}`)
}

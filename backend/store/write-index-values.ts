import { type Sql, sql } from '@/backend/sql/sql'
import { type AppKey, indexColumn } from '../schema/attr'
import type { IndexWrite } from '../schema/entity-write'
import { indexValue } from '../schema/index-value'
import type { Queryable } from './database'

/**
 * Keeps the index table in step with values that have been written: one row per entity and
 * indexed or unique attribute, also without a value. `isNew` says that the entity had no rows.
 * Returns a write whose value another entity has already; null when all were unique. After a clash
 * the transaction must not be committed.
 */
export async function writeIndexValues(
  tx: Queryable,
  app: AppKey,
  writes: readonly (IndexWrite & { readonly isNew: boolean })[],
): Promise<IndexWrite | null> {
  const replaced = writes.filter(({ isNew }) => !isNew)
  if (replaced.length > 0) {
    // All old rows go first, so that entities may exchange unique values in one go.
    await tx.query(sql`
      delete from index_values v
      using unnest(
        ${replaced.map(({ id }) => id)}::uuid[],
        ${replaced.map(({ attr }) => attr.indexKey)}::int[]
      ) w(id, attr)
      where v.app = ${app} and v.id = w.id and v.attr = w.attr`)
  }
  const shared = writes.filter(({ attr }) => !attr.isUnique)
  if (shared.length > 0) await tx.query(insertion(app, shared))
  return insertUnique(
    tx,
    app,
    writes.filter(({ attr }) => attr.isUnique),
  )
}

async function insertUnique(
  tx: Queryable,
  app: AppKey,
  writes: readonly IndexWrite[],
): Promise<IndexWrite | null> {
  if (writes.length === 0) return null
  const stored = await tx.query<{ id: string; attr: number }>(
    sql`${insertion(app, writes)} on conflict do nothing returning id, attr`,
  )
  if (stored.length === writes.length) return null
  const kept = new Set(stored.map(({ id, attr }) => `${attr} ${id}`))
  return writes.find(({ id, attr }) => !kept.has(`${attr.indexKey} ${id}`)) ?? null
}

/** Values in the form that can be told here come as they are; Postgres makes that of the others. */
function insertion(app: AppKey, writes: readonly IndexWrite[]): Sql {
  const known = writes.map(({ attr, value }) => indexValue(attr, value))
  const own = sql`
    ${writes.map(({ attr }) => attr.indexKey)}::int[],
    ${writes.map(({ id }) => id)}::uuid[],
    ${writes.map(({ attr }) => attr.isUnique)}::boolean[],
    ${writes.map(({ attr }) => indexColumn(attr) === 'text')}::boolean[],
    ${known.map((told) => told?.number ?? null)}::float8[],
    ${known.map((told) => told?.text ?? null)}::text[]`
  if (known.every((told) => told !== null)) {
    return sql`
      insert into index_values (app, attr, id, is_unique, is_text, vn, vt)
      select ${app}::int, w.attr, w.id, w.is_unique, w.is_text, w.number, w.text
      from unnest(${own}) w(attr, id, is_unique, is_text, number, text)`
  }
  const json = writes.map(({ value }, n) => (known[n] ? null : JSON.stringify(value)))
  return sql`
    insert into index_values (app, attr, id, is_unique, is_text, vn, vt)
    select ${app}::int, w.attr, w.id, w.is_unique, w.is_text,
      case when w.json is not null and not w.is_text then index_number(w.json::jsonb, w.type)
        else w.number end,
      case when w.json is not null and w.is_text then index_text(w.json::jsonb, w.type)
        else w.text end
    from unnest(${own}, ${writes.map(({ attr }) => attr.checkedType)}::text[], ${json}::text[])
      w(attr, id, is_unique, is_text, number, text, type, json)`
}

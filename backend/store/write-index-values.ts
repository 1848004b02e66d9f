import { sql } from '@/backend/sql/sql'
import { type AppKey, indexColumn } from '../schema/attr'
import type { IndexWrite } from '../schema/entity-write'
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
  if (writes.length === 0) return null
  const replaced = writes.filter(({ isNew }) => !isNew)
  if (replaced.length > 0) {
    // All old rows go first, so that entities may exchange unique values in one go.
    await tx.query(sql`
      delete from index_values v
      using unnest(
        ${replaced.map(({ id }) => id)}::uuid[],
        ${replaced.map(({ attr }) => attr.key)}::int[]
      ) w(id, attr)
      where v.app = ${app} and v.id = w.id and v.attr = w.attr`)
  }
  const attrs = [...new Set(writes.map(({ attr }) => attr))]
  const stored = await tx.query<{ id: string; attr: number }>(sql`
    with stored as (insert into index_values (app, attr, id, is_unique, is_text, vn, vt)
    select ${app}::int, w.attr, w.id, a.is_unique, a.is_text,
      case when not a.is_text then index_number(w.value::jsonb, a.type) end,
      case when a.is_text then index_text(w.value::jsonb, a.type) end
    from unnest(
      ${writes.map(({ id }) => id)}::uuid[],
      ${writes.map(({ attr }) => attr.key)}::int[],
      ${writes.map(({ value }) => (value === undefined ? null : JSON.stringify(value)))}::text[]
    ) with ordinality w(id, attr, value, n)
    join unnest(
      ${attrs.map(({ key }) => key)}::int[],
      ${attrs.map(({ isUnique }) => isUnique)}::boolean[],
      ${attrs.map((attr) => indexColumn(attr) === 'text')}::boolean[],
      ${attrs.map(({ checkedType }) => checkedType)}::text[]
    ) a(attr, is_unique, is_text, type) on a.attr = w.attr
    order by w.n
    on conflict do nothing
    returning id, attr, is_unique)
    select id, attr from stored where is_unique`)
  const unique = writes.filter(({ attr }) => attr.isUnique)
  if (stored.length === unique.length) return null
  const kept = new Set(stored.map(({ id, attr }) => `${attr} ${id}`))
  return unique.find(({ id, attr }) => !kept.has(`${attr.key} ${id}`)) ?? null
}

import { sql } from '@/backend/sql/sql'
import type { AppKey } from '../schema/attr'
import type { EntityWrite } from '../schema/entity-write'
import type { Queryable } from './database'

/**
 * Stores new entities, all created at the time of the transaction, and lays the values of the
 * others over what they have. The index table is not touched: see writeIndexValues.
 */
export async function writeEntities(
  tx: Queryable,
  app: AppKey,
  writes: readonly EntityWrite[],
): Promise<void> {
  const fresh = writes.filter(({ isNew }) => isNew)
  if (fresh.length > 0) {
    await tx.query(sql`
      insert into entities (app, ns, id, created_at, data)
      select ${app}::int, w.ns, w.id, floor(extract(epoch from now()) * 1000), w.data::jsonb
      from ${rows(fresh)}`)
  }
  const changed = writes.filter(({ isNew, values }) => !isNew && values.size > 0)
  if (changed.length > 0) {
    await tx.query(sql`
      update entities e set data = e.data || w.data::jsonb
      from ${rows(changed)}
      where e.app = ${app} and e.ns = w.ns and e.id = w.id`)
  }
}

function rows(writes: readonly EntityWrite[]) {
  return sql`unnest(
    ${writes.map(({ namespace }) => namespace)}::int[],
    ${writes.map(({ id }) => id)}::uuid[],
    ${writes.map(toData)}::text[]
  ) w(ns, id, data)`
}

/** The JSON text of an entity's values, keyed by attribute. */
function toData({ values }: EntityWrite): string {
  const members = [...values].map(([attr, value]) => `"${attr.key}":${JSON.stringify(value)}`)
  return `{${members.join(',')}}`
}

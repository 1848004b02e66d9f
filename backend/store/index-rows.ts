import { type Sql, sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import type { AppKey, AttrKey, DataAttr, NamespaceKey } from '../schema/attr'
import type { Queryable } from './database'
import { indexRows } from './fill-index'

/** Part of the entities of a namespace. */
export interface Entities {
  readonly app: AppKey
  readonly namespace: NamespaceKey
  readonly ids: readonly string[]
}

/** A number for index rows that nothing else has. */
export async function newIndexKey(tx: Queryable, app: AppKey): Promise<AttrKey> {
  const [row] = await tx.query<{ key: AttrKey }>(
    sql`insert into index_keys (app) values (${app}) returning key`,
  )
  return must(row, 'an insert returns its row').key
}

/**
 * Makes the index rows of some entities anew, of those that there are. False when one of them has a
 * value that must be unique and is not; the transaction must not be committed then.
 */
export async function remakeIndexRows(
  tx: Queryable,
  { app, namespace, ids }: Entities,
  attr: DataAttr,
): Promise<boolean> {
  // As a join, for which each row is looked up: of an array Postgres would rather read all rows.
  await tx.query(sql`
    delete from index_values v using unnest(${ids}::uuid[]) w(id)
    where v.app = ${app} and v.id = w.id and v.attr = ${attr.indexKey}`)
  const are: Sql = sql`e.app = ${app} and e.ns = ${namespace} and e.id = any(${ids}::uuid[])`
  const [counts] = await tx.query<{ made: number; wanted: number }>(sql`
    with made as (${indexRows(app, attr)} where ${are} on conflict do nothing returning 1)
    select (select count(*) from made) as made, (select count(*) from entities e where ${are}) as wanted`)
  return counts?.made === counts?.wanted
}

/** Gives entities that have no value of an attribute a null (contract semantics.md 1). */
export async function addNulls(
  tx: Queryable,
  { app, namespace, ids }: Entities,
  attr: AttrKey,
): Promise<void> {
  await tx.query(sql`
    update entities set data = data || jsonb_build_object(${String(attr)}::text, null)
    where app = ${app} and ns = ${namespace} and id = any(${ids}::uuid[])
      and not data ? ${String(attr)}::text`)
}

/** The ids of a namespace that follow `after`, in their order. */
export async function nextIds(
  tx: Queryable,
  { app, namespace }: Omit<Entities, 'ids'>,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const beyond = after === null ? sql`` : sql`and id > ${after}::uuid`
  const rows = await tx.query<{ id: string }>(sql`
    select id from entities where app = ${app} and ns = ${namespace} ${beyond}
    order by id limit ${limit}`)
  return rows.map(({ id }) => id)
}

/** How many entities there are. */
export async function countEntities(
  tx: Queryable,
  { app, namespace }: Omit<Entities, 'ids'>,
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    sql`select count(*) as count from entities where app = ${app} and ns = ${namespace}`,
  )
  return row?.count ?? 0
}

// The predicates of the partial indexes, by which alone the rows of a number are found.
const shapes = [
  sql`not is_text and not is_unique`,
  sql`is_text and not is_unique`,
  sql`not is_text and is_unique`,
  sql`is_text and is_unique`,
]

/** Removes up to `limit` index rows of a number, and the number with the last; answers whether any are left. */
export async function removeIndexRows(
  tx: Queryable,
  { app, key, limit }: { readonly app: AppKey; readonly key: AttrKey; readonly limit: number },
): Promise<boolean> {
  let left = limit
  for (const shape of shapes) {
    const removed = await tx.query(sql`
      delete from index_values where ctid = any(array(
        select ctid from index_values where app = ${app} and attr = ${key} and ${shape} limit ${left}))
      returning 1 as one`)
    left -= removed.length
    if (left === 0) return true
  }
  await tx.query(sql`delete from index_keys where app = ${app} and key = ${key}`)
  return false
}

import { sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import { type AppKey, type Attr, indexColumn } from '../schema/attr'
import type { Database, Queryable } from './database'
import { fillIndex } from './fill-index'
import { bumpSchemaVersion } from './insert-attrs'
import { type AttrRow, attrColumns, loadSchema, toAttr } from './load-schema'
import { renameNamespace } from './rename-namespace'

/** How long a deleted attribute can be restored. After that its values are removed for good. */
export const graceDays = 7

/** An attribute that was deleted and can be restored. */
export interface DeletedAttr {
  readonly attr: Attr
  /** ISO 8601. */
  readonly deletedAt: string
}

/** The attributes of an app that can be restored, the last deleted first. */
export async function readDeletedAttrs(
  db: Queryable,
  app: AppKey,
): Promise<readonly DeletedAttr[]> {
  const rows = await db.query<AttrRow & { deleted_ms: number }>(sql`
    select ${attrColumns}, extract(epoch from deleted_at)::float8 * 1000 as deleted_ms
    from attrs where app = ${app} and deleted_at > now() - make_interval(days => ${graceDays}::int)
    order by deleted_at desc, key`)
  return rows.map((row) => ({
    attr: toAttr(row),
    deletedAt: new Date(row.deleted_ms).toISOString(),
  }))
}

/** The name under which the entities of a deleted namespace wait. Nobody can say it. */
export function hiddenNamespace({ id, forward }: Attr): string {
  return `${forward.namespace}/deleted/${id}`
}

/**
 * Brings a deleted attribute back with the values of the entities that are still the same. Its names
 * must be free. With its `id`, a namespace gets its entities back, and all that is indexed of them.
 */
export async function restoreAttr(tx: Queryable, app: AppKey, attr: Attr): Promise<void> {
  const { namespace, label } = attr.forward
  const isOfNamespace = attr.kind === 'data' && label === 'id'
  if (isOfNamespace) {
    // What has taken the name meanwhile has no `id`, so it holds no entity.
    await tx.query(sql`delete from namespaces where app = ${app} and name = ${namespace}`)
    await renameNamespace(tx, app, { from: hiddenNamespace(attr), to: namespace })
  }
  if (attr.kind === 'link') await dropStaleLinks(tx, app, attr)
  await tx.query(sql`
    update attrs set deleted_at = null, is_unique = ${isOfNamespace}::boolean
    where app = ${app} and key = ${attr.key}`)
  await bumpSchemaVersion(tx, app)
  if (!isOfNamespace) return
  const schema = await loadSchema(tx, app)
  for (const each of schema.dataAttrs(namespace)) {
    if (indexColumn(each) !== null) await fillIndex(tx, { app, schema }, each)
  }
}

/** Links of entities that were deleted meanwhile stayed, for nobody knew of the attribute. */
async function dropStaleLinks(
  tx: Queryable,
  app: AppKey,
  { key, forward, reverse }: Attr,
): Promise<void> {
  const schema = await loadSchema(tx, app)
  const from = schema.namespaceKey(forward.namespace) ?? null
  const to = schema.namespaceKey(must(reverse, 'a link has two names').namespace) ?? null
  await tx.query(sql`
    delete from links l using attrs a
    where l.app = ${app} and l.attr = ${key} and a.app = l.app and a.key = l.attr
      and not (
        exists (select from entities e where e.app = l.app and e.ns = ${from}::int and e.id = l.from_id
          and e.created_at <= extract(epoch from a.deleted_at) * 1000)
        and exists (select from entities e where e.app = l.app and e.ns = ${to}::int and e.id = l.to_id
          and e.created_at <= extract(epoch from a.deleted_at) * 1000))`)
}

/**
 * Removes for good, of every app, what was deleted longer ago than the grace time: one attribute at
 * a time. Answers with how many went.
 */
export async function purgeDeletedAttrs(db: Database): Promise<number> {
  for (let purged = 0; ; purged++) {
    if (!(await db.transaction(purgeOne))) return purged
  }
}

async function purgeOne(tx: Queryable): Promise<boolean> {
  const rows = await tx.query<AttrRow & { app: AppKey }>(sql`
    select app, ${attrColumns} from attrs
    where deleted_at <= now() - make_interval(days => ${graceDays}::int)
    order by deleted_at limit 1 for update skip locked`)
  const [row] = rows
  if (!row) return false
  const attr = toAttr(row)
  const { app } = row
  if (attr.kind === 'link') {
    await tx.query(sql`delete from links where app = ${app} and attr = ${attr.key}`)
  } else if (attr.forward.label === 'id') {
    await removeEntities(tx, app, hiddenNamespace(attr))
  } else {
    const key = String(attr.key)
    await tx.query(sql`
      update entities set data = data - ${key}::text where app = ${app} and data ? ${key}::text`)
  }
  await tx.query(sql`delete from attrs where app = ${app} and key = ${attr.key}`)
  return true
}

async function removeEntities(tx: Queryable, app: AppKey, name: string): Promise<void> {
  await tx.query(sql`
    delete from entities e using namespaces n
    where n.app = ${app} and n.name = ${name} and e.app = n.app and e.ns = n.key`)
  await tx.query(sql`delete from namespaces where app = ${app} and name = ${name}`)
}

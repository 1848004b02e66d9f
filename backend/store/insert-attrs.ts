import { sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import { type AppKey, type AttrKey, indexColumn } from '../schema/attr'
import { isSystemNamespace } from '../schema/catalog'
import type { AttrDraft } from '../schema/draft'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'
import { fillIndex } from './fill-index'
import { loadSchema } from './load-schema'

/**
 * Stores new attributes and their namespaces, and answers with the schema that has them. Where an
 * attribute is indexed, the entities that are there get their null and their index row. The names
 * and ids must be free: see admitAttrs.
 */
export async function insertAttrs(
  tx: Queryable,
  app: AppKey,
  drafts: readonly AttrDraft[],
): Promise<Schema> {
  await insertNamespaces(tx, app, drafts.flatMap(namespacesOf))
  // An id that comes back for a deleted attribute means that nobody wants that one back.
  await tx.query(sql`
    delete from attrs where app = ${app} and deleted_at is not null
      and id = any(${drafts.map(({ id }) => id)}::uuid[])`)
  const keys = await tx.query<{ key: AttrKey; id: string }>(sql`
    insert into attrs (app, id, kind, forward_id, namespace, label, reverse_id, reverse_namespace,
      reverse_label, cardinality, is_unique, is_indexed, is_required, checked_type, on_delete,
      on_delete_reverse)
    select ${app}::int, w.id, w.kind, w.forward_id, w.namespace, w.label, w.reverse_id,
      w.reverse_namespace, w.reverse_label, w.cardinality, w.is_unique, w.is_indexed,
      w.is_required, w.checked_type, w.on_delete, w.on_delete_reverse
    from unnest(
      ${drafts.map(({ id }) => id)}::uuid[],
      ${drafts.map(({ kind }) => kind)}::text[],
      ${drafts.map(({ forward }) => forward.id)}::uuid[],
      ${drafts.map(({ forward }) => forward.namespace)}::text[],
      ${drafts.map(({ forward }) => forward.label)}::text[],
      ${drafts.map(({ reverse }) => reverse?.id ?? null)}::uuid[],
      ${drafts.map(({ reverse }) => reverse?.namespace ?? null)}::text[],
      ${drafts.map(({ reverse }) => reverse?.label ?? null)}::text[],
      ${drafts.map((draft) => (draft.kind === 'link' ? draft.cardinality : 'one'))}::text[],
      ${drafts.map(({ isUnique }) => isUnique)}::boolean[],
      ${drafts.map(({ isIndexed }) => isIndexed)}::boolean[],
      ${drafts.map(({ isRequired }) => isRequired)}::boolean[],
      ${drafts.map((draft) => (draft.kind === 'data' ? draft.checkedType : null))}::text[],
      ${drafts.map(({ onDelete }) => onDelete)}::text[],
      ${drafts.map((draft) => (draft.kind === 'link' ? draft.onDeleteReverse : null))}::text[]
    ) with ordinality w(id, kind, forward_id, namespace, label, reverse_id, reverse_namespace,
      reverse_label, cardinality, is_unique, is_indexed, is_required, checked_type, on_delete,
      on_delete_reverse, n)
    order by w.n
    returning key, id`)
  await bumpSchemaVersion(tx, app)
  const schema = await loadSchema(tx, app)
  for (const { id } of keys) {
    const attr = must(schema.attrById(id), 'the attribute has just been stored')
    if (attr.kind === 'data' && indexColumn(attr) !== null)
      await fillIndex(tx, { app, schema }, attr)
  }
  return schema
}

/** Tells readers that what they remember of the app's attributes is out of date. */
export async function bumpSchemaVersion(tx: Queryable, app: AppKey): Promise<void> {
  await tx.query(sql`update apps set schema_version = schema_version + 1 where key = ${app}`)
}

/** Gives namespaces their keys; those that have one, and those of the system, keep theirs. */
export async function insertNamespaces(
  tx: Queryable,
  app: AppKey,
  names: readonly string[],
): Promise<void> {
  const own = [...new Set(names)].filter((name) => !isSystemNamespace(name))
  if (own.length === 0) return
  await tx.query(sql`
    insert into namespaces (app, name)
    select ${app}::int, n.name from unnest(${own}::text[]) with ordinality n(name, n)
    where not exists (select from namespaces k where k.app = ${app} and k.name = n.name)
    order by n.n`)
}

function namespacesOf({ forward, reverse }: AttrDraft): readonly string[] {
  return reverse ? [forward.namespace, reverse.namespace] : [forward.namespace]
}

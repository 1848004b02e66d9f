import { raw, sql } from '@/backend/sql/sql'
import type { AppKey, Attr, AttrKey, CheckedType, NamespaceKey } from '../schema/attr'
import { systemAttrs, systemNamespaces } from '../schema/catalog'
import { createSchema, type Schema } from '../schema/schema'
import type { Queryable } from './database'

/** Reads an app's attributes and namespaces as they are for this statement's snapshot. */
export async function loadSchema(db: Queryable, app: AppKey): Promise<Schema> {
  const versions = await db.query<{ schema_version: number }>(
    sql`select schema_version from apps where key = ${app}`,
  )
  const rows = await db.query<AttrRow>(
    sql`select ${attrColumns} from attrs where app = ${app} and deleted_at is null`,
  )
  const namespaces = await db.query<{ key: NamespaceKey; name: string }>(
    sql`select key, name from namespaces where app = ${app} order by name`,
  )
  return createSchema(
    versions[0]?.schema_version ?? 0,
    [...systemAttrs, ...rows.map(toAttr)],
    [...systemNamespaces, ...namespaces],
  )
}

/** What `AttrRow` is made of. */
export const attrColumns = raw(`key, id, kind, forward_id, namespace, label, reverse_id,
  reverse_namespace, reverse_label, cardinality, is_unique, is_indexed, is_required, checked_type,
  on_delete, on_delete_reverse`)

/** A row of `attrs`. */
export interface AttrRow {
  readonly key: AttrKey
  readonly id: string
  readonly kind: 'data' | 'link'
  readonly forward_id: string
  readonly namespace: string
  readonly label: string
  readonly reverse_id: string | null
  readonly reverse_namespace: string | null
  readonly reverse_label: string | null
  readonly cardinality: 'one' | 'many'
  readonly is_unique: boolean
  readonly is_indexed: boolean
  readonly is_required: boolean
  readonly checked_type: CheckedType | null
  readonly on_delete: 'cascade' | null
  readonly on_delete_reverse: 'cascade' | null
}

/** The attribute that a row of `attrs` describes. */
export function toAttr(row: AttrRow): Attr {
  const base = {
    key: row.key,
    id: row.id,
    forward: { id: row.forward_id, namespace: row.namespace, label: row.label },
    isUnique: row.is_unique,
    isIndexed: row.is_indexed,
    isRequired: row.is_required,
    catalog: 'user',
    onDelete: row.on_delete,
  } as const
  if (row.kind === 'data') {
    return { ...base, kind: 'data', checkedType: row.checked_type, reverse: null }
  }
  return {
    ...base,
    kind: 'link',
    reverse: {
      id: row.reverse_id ?? '',
      namespace: row.reverse_namespace ?? '',
      label: row.reverse_label ?? '',
    },
    cardinality: row.cardinality,
    onDeleteReverse: row.on_delete_reverse,
  }
}

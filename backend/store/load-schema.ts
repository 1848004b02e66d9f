import { raw, sql } from '@/backend/sql/sql'
import type { AppKey, Attr, AttrKey, CheckedType, NamespaceKey } from '../schema/attr'
import { systemAttrs, systemNamespaces } from '../schema/catalog'
import { createSchema, type Schema } from '../schema/schema'
import type { Queryable } from './database'
import { type PendingJob, readPendingJobs } from './jobs'

/** Reads an app's attributes and namespaces as they are for this statement's snapshot. */
export async function loadSchema(db: Queryable, app: AppKey): Promise<Schema> {
  const version = await readSchemaVersion(db, app)
  const rows = await db.query<AttrRow>(
    sql`select ${attrColumns} from attrs where app = ${app} and deleted_at is null`,
  )
  const namespaces = await db.query<{ key: NamespaceKey; name: string }>(
    sql`select key, name from namespaces where app = ${app} order by name`,
  )
  const jobs = await readPendingJobs(db, app)
  return createSchema(
    version,
    [...systemAttrs, ...rows.map((row) => withPending(toAttr(row), jobs))],
    [...systemNamespaces, ...namespaces],
    jobs.flatMap(({ seq, ns }) => (ns === null ? [] : [{ job: seq, namespace: ns }])),
  )
}

/** Counts up with each change of an app's schema; 0 for an app that is none. */
export async function readSchemaVersion(db: Queryable, app: AppKey): Promise<number> {
  const rows = await db.query<{ schema_version: number }>(
    sql`select schema_version from apps where key = ${app}`,
  )
  return rows[0]?.schema_version ?? 0
}

function withPending(attr: Attr, jobs: readonly PendingJob[]): Attr {
  const own = jobs.filter(({ attrId }) => attrId === attr.id)
  return own.length === 0 ? attr : { ...attr, pending: own.map(({ type }) => type) }
}

/** What `AttrRow` is made of. */
export const attrColumns = raw(`key, id, kind, forward_id, namespace, label, reverse_id,
  reverse_namespace, reverse_label, cardinality, is_unique, is_indexed, is_required, checked_type,
  on_delete, on_delete_reverse, index_key`)

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
  readonly index_key: AttrKey | null
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
    const indexKey = row.index_key ?? row.key
    return { ...base, kind: 'data', indexKey, checkedType: row.checked_type, reverse: null }
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

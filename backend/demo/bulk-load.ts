import { type AppKey, type DataAttr, indexColumn } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import { sql } from '@/backend/sql/sql'
import type { Queryable } from '@/backend/store/database'
import type { Json, JsonObject } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import type { DemoRecord } from './record'

/** Records in a statement. */
const batchSize = 1_000
/** Records in a transaction: each waits for the disk once. */
const groupSize = 10_000

export interface BulkTarget {
  readonly app: AppKey
  readonly schema: Schema
}

/** What one batch is written from. */
interface Batch {
  readonly target: BulkTarget
  readonly namespace: string
  readonly records: readonly DemoRecord[]
}

/** Runs work in a transaction: one for each time it is called, or one around everything. */
export type Write = (work: (tx: Queryable) => Promise<void>) => Promise<void>

/** The records of a namespace. */
export interface BulkTable {
  readonly namespace: string
  records(): Iterable<DemoRecord>
}

export interface BulkInput {
  readonly tables: readonly BulkTable[]
  /** Called now and then with the number of records written so far. */
  readonly onProgress?: (written: number) => void
}

/**
 * Writes records straight into the tables, with their own creation times, many at a time:
 * several times faster than transactions of an app. Nothing is checked, neither types nor unique
 * values nor rules, so it is for data that is known to be right. Links may point at records that
 * come later.
 */
export async function bulkLoad(
  write: Write,
  target: BulkTarget,
  { tables, onProgress }: BulkInput,
): Promise<void> {
  let written = 0
  for (const { namespace, records } of tables) {
    for (const group of inBatches(records(), groupSize)) {
      await write(async (tx) => {
        for (const batch of inBatches(group, batchSize)) {
          await writeBatch(tx, { target, namespace, records: batch })
        }
      })
      written += group.length
      onProgress?.(written)
    }
  }
}

function* inBatches(records: Iterable<DemoRecord>, size: number): Iterable<readonly DemoRecord[]> {
  let batch: DemoRecord[] = []
  for (const record of records) {
    batch.push(record)
    if (batch.length < size) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function writeBatch(tx: Queryable, batch: Batch): Promise<void> {
  await writeEntities(tx, batch)
  await writeIndexValues(tx, batch)
  await writeLinks(tx, batch)
}

async function writeEntities(tx: Queryable, { target, namespace, records }: Batch): Promise<void> {
  const { app, schema } = target
  const key = must(schema.namespaceKey(namespace), 'the demo schema has every demo namespace')
  const attrs = schema.dataAttrs(namespace)
  await tx.query(sql`
    insert into entities (app, ns, id, created_at, data)
    select ${app}, ${key}, w.id, w.created_at, w.data::jsonb
    from unnest(
      ${records.map(({ id }) => id)}::uuid[],
      ${records.map(({ createdAt }) => createdAt)}::bigint[],
      ${records.map(({ values }) => toData(values, attrs))}::text[]
    ) w(id, created_at, data)`)
}

/** JSON keyed by attribute, with the nulls that indexed attributes get (contract semantics.md 1). */
function toData(values: JsonObject, attrs: readonly DataAttr[]): string {
  const members: [string, Json][] = []
  for (const attr of attrs) {
    const value = values[attr.forward.label]
    if (value !== undefined) members.push([String(attr.key), value])
    else if (hasAutomaticNull(attr)) members.push([String(attr.key), null])
  }
  return JSON.stringify(Object.fromEntries(members))
}

function hasAutomaticNull({ catalog, isIndexed, forward }: DataAttr): boolean {
  return catalog === 'user' && isIndexed && forward.label !== 'id'
}

async function writeIndexValues(
  tx: Queryable,
  { target, namespace, records }: Batch,
): Promise<void> {
  const indexed = target.schema.dataAttrs(namespace).filter((attr) => indexColumn(attr) !== null)
  for (const attr of indexed) {
    const isText = indexColumn(attr) === 'text'
    const values = records.map(({ values }) => values[attr.forward.label] ?? null)
    await tx.query(sql`
      insert into index_values (app, attr, id, is_unique, is_text, vn, vt)
      select ${target.app}, ${attr.indexKey}, w.id, ${attr.isUnique}, ${isText}, w.vn,
        case when ${attr.checkedType === null} then w.vt::jsonb::text else w.vt end
      from unnest(
        ${records.map(({ id }) => id)}::uuid[],
        ${values.map((value) => (isText ? null : toNumber(attr, value)))}::float8[],
        ${values.map((value) => (isText ? toText(attr, value) : null))}::text[]
      ) w(id, vn, vt)`)
  }
}

/** As the function `index_number` of the store: dates in microseconds, booleans as 0 and 1. */
function toNumber({ checkedType }: DataAttr, value: Json): number | null {
  if (value === null) return null
  if (checkedType !== 'date') return Number(value)
  return (typeof value === 'number' ? value : Date.parse(String(value))) * 1000
}

/** As the function `index_text` of the store, which makes the text of untyped values canonical. */
function toText({ checkedType }: DataAttr, value: Json): string | null {
  if (value === null) return null
  return checkedType === null ? JSON.stringify(value) : String(value)
}

async function writeLinks(tx: Queryable, { target, namespace, records }: Batch): Promise<void> {
  for (const attr of target.schema.linksFrom(namespace)) {
    const links = records.flatMap((record) =>
      (record.links[attr.forward.label] ?? []).map((to) => ({ from: record.id, to })),
    )
    if (links.length === 0) continue
    await tx.query(sql`
      insert into links (app, attr, from_id, to_id, one_from, one_to)
      select ${target.app}, ${attr.key}, w.from_id, w.to_id,
        ${attr.cardinality === 'one'}, ${attr.isUnique}
      from unnest(
        ${links.map(({ from }) => from)}::uuid[],
        ${links.map(({ to }) => to)}::uuid[]
      ) w(from_id, to_id)`)
  }
}

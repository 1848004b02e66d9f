import { sql } from '@/backend/sql/sql'
import { must } from '@/lib/base/must'
import type { AppKey, AttrKey } from '../schema/attr'
import type { Schema } from '../schema/schema'
import type { Queryable } from './database'

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

/** A row of `$files`, without what the app has added to it. */
export interface FileRow {
  readonly id: string
  readonly path: string
  readonly sizeBytes: number
  readonly locationId: string
  readonly contentType: string | null
  readonly contentDisposition: string | null
}

/** The rows that have one of the paths. */
export async function findFilesByPath(
  tx: Queryable,
  context: Context,
  paths: readonly string[],
): Promise<readonly FileRow[]> {
  return findFiles(tx, context, { label: 'path', values: paths })
}

/** The row whose bytes these are; null when there is none. */
export async function findFileByLocation(
  tx: Queryable,
  context: Context,
  locationId: string,
): Promise<FileRow | null> {
  const rows = await findFiles(tx, context, { label: 'location-id', values: [locationId] })
  return rows[0] ?? null
}

/** Every file of the app, the oldest first. */
export async function listFiles(
  tx: Queryable,
  { app, schema }: Context,
): Promise<readonly FileRow[]> {
  return tx.query<FileRow>(sql`
    select ${columns(schema)} from entities e
    where e.app = ${app} and e.ns = ${filesNamespace(schema)} order by e.created_at, e.id`)
}

async function findFiles(
  tx: Queryable,
  { app, schema }: Context,
  { label, values }: { readonly label: string; readonly values: readonly string[] },
): Promise<readonly FileRow[]> {
  return tx.query<FileRow>(sql`
    select ${columns(schema)} from index_values v
    join entities e on e.app = v.app and e.ns = ${filesNamespace(schema)} and e.id = v.id
    where v.app = ${app} and v.attr = ${fileAttr(schema, label)}
      and v.is_text and v.is_unique and v.vt = any(${values}::text[])`)
}

function columns(schema: Schema) {
  const key = (label: string) => String(fileAttr(schema, label))
  return sql`
    e.id, e.data ->> ${key('path')}::text as path,
    (e.data -> ${key('size')}::text)::float8 as "sizeBytes",
    e.data ->> ${key('location-id')}::text as "locationId",
    e.data ->> ${key('content-type')}::text as "contentType",
    e.data ->> ${key('content-disposition')}::text as "contentDisposition"`
}

function fileAttr(schema: Schema, label: string): AttrKey {
  return must(schema.dataAttr('$files', label), `the catalog has $files.${label}`).key
}

function filesNamespace(schema: Schema) {
  return must(schema.namespaceKey('$files'), 'the catalog has $files')
}

import { z } from 'zod'
import type { JsonObject } from '@/lib/base/json'
import {
  type LinkedRecord,
  type LinkedRecords,
  linksShown,
  type RecordDetail,
  type RecordRow,
} from '@/lib/model/record'
import {
  type AppSchema,
  findLink,
  findNamespace,
  type Link,
  type Namespace,
} from '@/lib/model/schema'

const wireRecord = z.record(z.string(), z.json()).and(z.object({ id: z.string() }))

/** The tree a query answers with, as far as its first level. */
export const recordsAnswer = z.record(z.string(), z.array(wireRecord))

type WireRecord = z.infer<typeof wireRecord>

/** A namespace, and the schema it is part of. */
export interface Place {
  readonly namespace: Namespace
  readonly schema: AppSchema
}

/** The part of a query that brings, for each link, the ids of its targets and what names them. */
export function linkedFields(
  links: readonly Link[],
  schema: AppSchema,
): Record<string, { $: { fields: string[] } }> {
  return Object.fromEntries(
    links.map((link) => [link.label, { $: { fields: [titleOf(link, schema) ?? 'id'] } }]),
  )
}

export function toRow(wire: WireRecord, place: Place): RecordRow {
  const one = place.namespace.links.filter(({ cardinality }) => cardinality === 'one')
  const links = one.map((link): [string, LinkedRecord | null] => [
    link.label,
    targets(wire, { link, place })[0] ?? null,
  ])
  return { id: wire.id, values: valuesOf(wire, place), links: Object.fromEntries(links) }
}

export function toDetail(wire: WireRecord, place: Place): RecordDetail {
  const links = place.namespace.links.map((link): [string, LinkedRecords] => {
    const all = targets(wire, { link, place })
    return [link.label, { total: all.length, records: all.slice(0, linksShown) }]
  })
  return { id: wire.id, values: valuesOf(wire, place), links: Object.fromEntries(links) }
}

// Instant leaves the raw id of a has-one link among the values; links are told apart here.
function valuesOf(wire: WireRecord, { namespace }: Place): JsonObject {
  return Object.fromEntries(Object.entries(wire).filter(([label]) => !findLink(namespace, label)))
}

interface LinkPlace {
  readonly link: Link
  readonly place: Place
}

// A nested link is an array, an object when the backend infers that there is only one, or absent.
function targets(wire: WireRecord, { link, place }: LinkPlace): readonly LinkedRecord[] {
  const nested = z.union([z.array(wireRecord), wireRecord]).safeParse(wire[link.label])
  if (!nested.success) return []
  const records = Array.isArray(nested.data) ? nested.data : [nested.data]
  const title = titleOf(link, place.schema)
  return records.map((record) => ({ id: record.id, title: title && toTitle(record[title]) }))
}

function titleOf(link: Link, schema: AppSchema): string | null {
  return findNamespace(schema, link.target)?.titleAttribute ?? null
}

function toTitle(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

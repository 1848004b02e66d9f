import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { InstantError } from '@/lib/model/instant-error'
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

/** A record as a query answers with it. */
export type WireRecord = JsonObject & { readonly id: string }

/**
 * The records of one namespace in what a query answered, which is JSON and so needs no look at its values.
 * Raises `not-instant` for what is no tree.
 */
export function recordsOf(answer: unknown, namespace: string): readonly WireRecord[] {
  const found = isJsonObject(answer) ? (answer[namespace] ?? []) : null
  if (Array.isArray(found) && found.every(isWireRecord)) return found
  throw new InstantError({
    code: 'not-instant',
    message: `The backend did not answer a query of ${namespace} with records, as Instant does.`,
  })
}

function isWireRecord(value: Json): value is WireRecord {
  return isJsonObject(value) && typeof value.id === 'string'
}

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
  if (!namespace.links.some(({ label }) => label in wire)) return wire
  return Object.fromEntries(Object.entries(wire).filter(([label]) => !findLink(namespace, label)))
}

interface LinkPlace {
  readonly link: Link
  readonly place: Place
}

// A nested link is an array, an object when the backend infers that there is only one, or absent.
function targets(wire: WireRecord, { link, place }: LinkPlace): readonly LinkedRecord[] {
  const nested = wire[link.label] ?? []
  const records = (Array.isArray(nested) ? nested : [nested]).filter(isWireRecord)
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

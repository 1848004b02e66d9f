import 'server-only'
import type { JsonObject } from '@/lib/base/json'
import { askOnce } from '@/lib/instant/ask-once'
import { actAs } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { fetchCounts } from '@/lib/instant/count'
import { followQuery } from '@/lib/instant/follow-query'
import type { Count } from '@/lib/model/count'
import { admin, asAdmin } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import {
  creationTime,
  type RecordDetail,
  type RecordRow,
  type RecordsPage,
} from '@/lib/model/record'
import type {
  CountRequest,
  FieldChange,
  RecordRequest,
  RecordsRequest,
  RecordWrite,
} from '@/lib/model/requests/record'
import {
  findAttribute,
  type Link,
  type Namespace,
  whyNotEditable,
  whyNotSortable,
} from '@/lib/model/schema'
import type { Sight } from '@/lib/model/sight'
import type { WriteOutcome } from '@/lib/model/transaction'
import type { Streaming } from './define-stream'
import { fetchRecords, fetchTaggedRecords, type QueryOptions } from './fetch-records'
import { lookAt } from './look-at'
import { toPageEnd } from './page-end'
import { linkedFields, type Place, recordsOf, toDetail, toRow } from './record-shape'
import { type Reading, readAtNamespace, requireNamespace } from './schema'
import { requireRole, type Viewer } from './viewer'
import { writeSteps } from './write-steps'

/**
 * One page of a namespace, or, to compare, the admin's page with what the request's identity sees of
 * each record. Raises `invalid-input` when it cannot be sorted so.
 */
export async function readRecords(
  viewer: Viewer,
  request: RecordsRequest,
  signal?: AbortSignal,
): Promise<RecordsPage> {
  requireRole(viewer, 'read')
  const read = (place: Place) =>
    isComparison(request) ? compare(request, place, signal) : readPage(request, place, signal)
  // A comparison is made of several answers, and the events of a subscription tell no tag.
  const asksForTag = !isComparison(request) && !request.isWalk
  return readAtNamespace(viewer, request, { read, asksForTag, signal })
}

async function compare(
  request: RecordsRequest,
  place: Place,
  signal: AbortSignal | undefined,
): Promise<Reading<RecordsPage>> {
  const { value: page } = await readPage(withAdmin(request), place, signal)
  const look = async (ids: readonly string[]) => {
    const $ = { where: { id: { $in: ids } }, limit: ids.length }
    const query = { [place.namespace.name]: { $, ...linkedFields(oneLinks(place), place.schema) } }
    const seen = await fetchRecords(request, { query, signal })
    return seen.map((wire) => toRow(wire, place))
  }
  const sights = await lookAt(page.records, look)
  const records = page.records.map((row) => withSight(row, sights.get(row.id)))
  return { value: { ...page, records }, schemaTag: null }
}

/** Whether a page is read as admin, to be held against what the request's identity sees of it. */
function isComparison({ as, isCompared }: RecordsRequest): boolean {
  return isCompared === true && as.kind !== 'admin'
}

function withAdmin(request: RecordsRequest): RecordsRequest {
  return { ...request, ...asAdmin(request.appId) }
}

function withSight(row: RecordRow, sight: Sight | undefined): RecordRow {
  return sight ? { ...row, sight } : row
}

async function readPage(
  request: RecordsRequest,
  place: Place,
  signal: AbortSignal | undefined,
): Promise<Reading<RecordsPage>> {
  const query = toPageQuery(place, request)
  if (request.isWalk) {
    return { value: await walk(request, place, { query, signal }), schemaTag: null }
  }
  const { value: found, schemaTag } = await fetchTaggedRecords(request, { query, signal })
  const records = found.map((wire) => toRow(wire, place))
  return { value: { records, cursor: null, hasNext: null }, schemaTag }
}

/** One page, and where the next one begins. */
async function walk(
  { appId, as, namespace }: RecordsRequest,
  place: Place,
  { query, signal }: QueryOptions,
): Promise<RecordsPage> {
  const connection = await requireConnection(appId)
  const { data, pageInfo } = await actAs(
    connection,
    as,
    (client, either) => askOnce(client, query, either),
    { signal },
  )
  const found = recordsOf(data, namespace)
  const records = found.map((wire) => toRow(wire, place))
  return { records, ...toPageEnd(pageInfo, namespace) }
}

/**
 * Tells of each change to a page of a namespace, as the request's identity sees it, until the signal
 * aborts. `ready` says that from here on none is missed.
 */
export async function followRecords(
  viewer: Viewer,
  request: RecordsRequest,
  { signal, send }: Streaming,
): Promise<void> {
  requireRole(viewer, 'read')
  const place = await requireNamespace(viewer, request, signal)
  const connection = await requireConnection(request.appId)
  let isFirst = true
  await followQuery(connection, isComparison(request) ? admin : request.as, {
    query: toPageQuery(place, request),
    signal,
    onAnswer: () => {
      send({ name: isFirst ? 'ready' : 'changed' })
      isFirst = false
    },
    onTrouble: (message) => send({ name: 'trouble', data: { message } }),
  })
}

/** One record with all its links. Raises `unknown-record`, or `hidden-record` when a rule hides it. */
export async function readRecord(
  viewer: Viewer,
  request: RecordRequest,
  signal?: AbortSignal,
): Promise<RecordDetail> {
  requireRole(viewer, 'read')
  const { namespace, schema } = await requireNamespace(viewer, request, signal)
  const $ = { where: { id: request.id } }
  const query = { [namespace.name]: { $, ...linkedFields(namespace.links, schema) } }
  const [found] = await fetchRecords(request, { query, signal })
  if (found) return toDetail(found, { namespace, schema })
  if (request.as.kind !== 'admin') await requireNotHidden(request, signal)
  throw new InstantError({
    code: 'unknown-record',
    message: `There is no record ${request.id} in ${namespace.name}. It may have been deleted.`,
  })
}

/** How many records that meet the request its identity sees, or null when it is not known. */
export async function readCount(
  viewer: Viewer,
  request: CountRequest,
  signal?: AbortSignal,
): Promise<Count | null> {
  requireRole(viewer, 'read')
  const connection = await requireConnection(request.appId)
  const { as, namespace, where } = request
  const counts = await fetchCounts(connection, { as, namespaces: [namespace], where, signal })
  return counts[namespace] ?? null
}

/**
 * Sets one attribute of one record and nothing else. The attribute must be in the schema, because
 * a transaction would otherwise create it, and the record must exist, for the same reason.
 */
export async function changeField(viewer: Viewer, change: FieldChange): Promise<WriteOutcome> {
  requireRole(viewer, 'write')
  const { namespace } = await requireNamespace(viewer, change)
  const attribute = findAttribute(namespace, change.attribute)
  if (!attribute) {
    throw new InstantError({
      code: 'invalid-input',
      message: `${namespace.name} has no attribute ${JSON.stringify(change.attribute)}.`,
    })
  }
  const refusal = whyNotEditable(namespace, attribute)
  if (refusal) throw new InstantError({ code: 'invalid-input', message: refusal })
  const values = { [attribute.name]: change.value }
  return writeSteps(viewer, {
    ...change,
    steps: [{ ...stepOn(change), action: 'update', values, mustExist: true }],
  })
}

/** Deletes one record, and with it what the schema's cascades reach. */
export async function deleteRecord(viewer: Viewer, request: RecordWrite): Promise<WriteOutcome> {
  requireRole(viewer, 'write')
  await requireNamespace(viewer, request)
  return writeSteps(viewer, { ...request, steps: [{ ...stepOn(request), action: 'delete' }] })
}

function stepOn({ namespace, id }: RecordRequest) {
  return { namespace, subject: id }
}

/** Raises `hidden-record` for a record that is there for the admin. */
async function requireNotHidden(
  { appId, namespace, id }: RecordRequest,
  signal: AbortSignal | undefined,
): Promise<void> {
  const query = { [namespace]: { $: { where: { id }, fields: ['id'] } } }
  const [hidden] = await fetchRecords({ ...asAdmin(appId), namespace }, { query, signal })
  if (!hidden) return
  throw new InstantError({
    code: 'hidden-record',
    message: `The record ${id} is in ${namespace}, but the rules do not show it to whom you act as.`,
  })
}

/** The query of one page. Raises `invalid-input` when the namespace cannot be sorted so. */
function toPageQuery(
  place: Place,
  { sort, direction, page, size, where, after }: RecordsRequest,
): JsonObject {
  const { namespace, schema } = place
  requireSortable(namespace, sort)
  const from = after ? { after } : { offset: (page - 1) * size }
  const $ = { ...(where && { where }), order: { [sort]: direction }, limit: size, ...from }
  return { [namespace.name]: { $, ...linkedFields(oneLinks(place), schema) } }
}

function oneLinks({ namespace }: Place): readonly Link[] {
  return namespace.links.filter(({ cardinality }) => cardinality === 'one')
}

function requireSortable(namespace: Namespace, sort: string): void {
  if (sort === creationTime) return
  const attribute = findAttribute(namespace, sort)
  const refusal = attribute
    ? whyNotSortable(attribute)
    : `${namespace.name} has no attribute ${JSON.stringify(sort)} to sort by.`
  if (refusal) throw new InstantError({ code: 'invalid-input', message: refusal })
}

import 'server-only'
import { must } from '@/lib/base/must'
import { createClient } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { fetchCounts } from '@/lib/instant/count'
import { reach } from '@/lib/instant/reach'
import { InstantError } from '@/lib/model/instant-error'
import {
  creationTime,
  type FieldChange,
  type RecordDetail,
  type RecordRequest,
  type RecordsPage,
  type RecordsRequest,
} from '@/lib/model/record'
import { findAttribute, type Namespace, whyNotEditable, whyNotSortable } from '@/lib/model/schema'
import { linkedFields, recordsAnswer, toDetail, toRow } from './record-shape'
import { requireNamespace } from './schema'
import { requireRole, type Viewer } from './viewer'

type NamespaceRef = Pick<RecordsRequest, 'appId' | 'namespace'>

/** One page of a namespace. Raises `invalid-input` when it cannot be sorted so. */
export async function readRecords(
  viewer: Viewer,
  request: RecordsRequest,
  signal?: AbortSignal,
): Promise<RecordsPage> {
  requireRole(viewer, 'read')
  const { namespace, schema } = await requireNamespace(viewer, request, signal)
  requireSortable(namespace, request.sort)
  const links = namespace.links.filter(({ cardinality }) => cardinality === 'one')
  const { sort, direction, page, size } = request
  const $ = { order: { [sort]: direction }, limit: size, offset: (page - 1) * size }
  const query = { [namespace.name]: { $, ...linkedFields(links, schema) } }
  const found = await runQuery(viewer, request, { query, signal })
  return { records: found.map((wire) => toRow(wire, { namespace, schema })) }
}

/** One record with all its links. Raises `unknown-record`. */
export async function readRecord(
  viewer: Viewer,
  request: RecordRequest,
  signal?: AbortSignal,
): Promise<RecordDetail> {
  requireRole(viewer, 'read')
  const { namespace, schema } = await requireNamespace(viewer, request, signal)
  const $ = { where: { id: request.id } }
  const query = { [namespace.name]: { $, ...linkedFields(namespace.links, schema) } }
  const [found] = await runQuery(viewer, request, { query, signal })
  if (found) return toDetail(found, { namespace, schema })
  throw new InstantError({
    code: 'unknown-record',
    message: `There is no record ${request.id} in ${namespace.name}. It may have been deleted.`,
  })
}

/** How many records a namespace has, or null when the backend does not tell. */
export async function readCount(
  viewer: Viewer,
  request: NamespaceRef,
  signal?: AbortSignal,
): Promise<number | null> {
  requireRole(viewer, 'read')
  if (viewer.identity.kind !== 'admin') return null
  const connection = await requireConnection(request.appId)
  const counts = await fetchCounts(connection, [request.namespace], signal)
  return counts[request.namespace] ?? null
}

/**
 * Sets one attribute of one record and nothing else. The attribute must be in the schema, because
 * a transaction would otherwise create it, and the record must exist, for the same reason.
 */
export async function changeField(viewer: Viewer, change: FieldChange): Promise<{ id: string }> {
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
  await runStep(viewer, change, (record) =>
    record.update({ [attribute.name]: change.value }, { upsert: false }),
  )
  return { id: change.id }
}

/** Deletes one record, and with it what the schema's cascades reach. */
export async function deleteRecord(
  viewer: Viewer,
  request: RecordRequest,
): Promise<{ id: string }> {
  requireRole(viewer, 'write')
  await requireNamespace(viewer, request)
  await runStep(viewer, request, (record) => record.delete())
  return { id: request.id }
}

function requireSortable(namespace: Namespace, sort: string): void {
  if (sort === creationTime) return
  const attribute = findAttribute(namespace, sort)
  const refusal = attribute
    ? whyNotSortable(attribute)
    : `${namespace.name} has no attribute ${JSON.stringify(sort)} to sort by.`
  if (refusal) throw new InstantError({ code: 'invalid-input', message: refusal })
}

interface QueryOptions {
  readonly query: Record<string, object>
  readonly signal: AbortSignal | undefined
}

async function runQuery(viewer: Viewer, ref: NamespaceRef, { query, signal }: QueryOptions) {
  const connection = await requireConnection(ref.appId)
  const client = createClient(connection, viewer.identity)
  const answer: unknown = await reach(
    connection,
    (either) => client.query(query, { fetchOpts: { signal: either } }),
    { signal },
  )
  return recordsAnswer.parse(answer)[ref.namespace] ?? []
}

type Client = ReturnType<typeof createClient>
type Chunk = Client['tx'][string][string]

async function runStep(
  viewer: Viewer,
  { appId, namespace, id }: RecordRequest,
  step: (record: Chunk) => Parameters<Client['transact']>[0],
): Promise<void> {
  const connection = await requireConnection(appId)
  const client = createClient(connection, viewer.identity)
  const record = must(client.tx[namespace]?.[id], 'tx answers to every namespace and id')
  await reach(connection, () => client.transact(step(record)))
}

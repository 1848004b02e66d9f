import 'server-only'
import { InstantError } from '@/lib/model/instant-error'
import { type LinkedOfRecords, namedInCell } from '@/lib/model/linked'
import type { LinkedRequest } from '@/lib/model/requests/linked'
import { findLink } from '@/lib/model/schema'
import { fetchRecords } from './fetch-records'
import { linkedFields, toDetail } from './record-shape'
import { requireNamespace } from './schema'
import { requireRole, type Viewer } from './viewer'

const noTargets = { total: 0, records: [] }

/**
 * How many targets of a link each of some records has that the request's identity sees, and the names
 * of the first. Records that it does not see are left out.
 */
export async function readLinked(
  viewer: Viewer,
  request: LinkedRequest,
  signal?: AbortSignal,
): Promise<LinkedOfRecords> {
  requireRole(viewer, 'read')
  const { label, ids } = request
  const { namespace, schema } = await requireNamespace(viewer, request, signal)
  const link = findLink(namespace, label)
  if (!link) {
    throw new InstantError({
      code: 'invalid-input',
      message: `${namespace.name} has no link ${JSON.stringify(label)}.`,
    })
  }
  const $ = { where: { id: { $in: ids } }, fields: ['id'] }
  const query = { [namespace.name]: { $, ...linkedFields([link], schema) } }
  const found = await fetchRecords(request, { query, signal })
  const place = { namespace: { ...namespace, links: [link] }, schema }
  return Object.fromEntries(
    found.map((wire) => {
      const { total, records } = toDetail(wire, place).links[label] ?? noTargets
      return [wire.id, { total, records: records.slice(0, namedInCell) }]
    }),
  )
}

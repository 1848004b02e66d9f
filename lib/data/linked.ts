import 'server-only'
import { actAs } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { sendQuery } from '@/lib/instant/send-query'
import { InstantError } from '@/lib/model/instant-error'
import { type LinkedOfRecords, type LinkedRequest, namedInCell } from '@/lib/model/linked'
import { findLink } from '@/lib/model/schema'
import { linkedFields, recordsAnswer, toDetail } from './record-shape'
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
  const { appId, as, label, ids } = request
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
  const connection = await requireConnection(appId)
  const answer: unknown = await actAs(
    connection,
    as,
    (client, either) => sendQuery(client, query, either),
    { signal },
  )
  const found = recordsAnswer.parse(answer)[namespace.name] ?? []
  const place = { namespace: { ...namespace, links: [link] }, schema }
  return Object.fromEntries(
    found.map((wire) => {
      const { total, records } = toDetail(wire, place).links[label] ?? noTargets
      return [wire.id, { total, records: records.slice(0, namedInCell) }]
    }),
  )
}

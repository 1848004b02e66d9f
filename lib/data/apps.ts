import 'server-only'
import { listConnections, toSummary } from '@/lib/instant/connection'
import type { AppSummary } from '@/lib/model/app'
import { requireRole, type Viewer } from './viewer'

/** The apps this operator may open, in the order in which they were connected. */
export async function readApps(viewer: Viewer): Promise<readonly AppSummary[]> {
  requireRole(viewer, 'read')
  return (await listConnections()).map(toSummary)
}

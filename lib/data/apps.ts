import 'server-only'
import { listConnections, toSummary } from '@/lib/instant/connection'
import type { AppList } from '@/lib/model/app'
import { requireRole, type Viewer } from './viewer'

/** The apps this operator may open, in the order in which they were connected. */
export async function readApps(viewer: Viewer): Promise<AppList> {
  requireRole(viewer, 'read')
  const { connections, problem } = await listConnections()
  return { apps: connections.map(toSummary), problem }
}

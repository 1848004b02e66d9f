import 'server-only'
import { leaveUser } from '@/lib/instant/acting-tokens'
import { requireConnection } from '@/lib/instant/connection'
import type { AppRef } from '@/lib/model/identity'
import { requireRole, type Viewer } from './viewer'

/** Ends what the dashboard holds to act as somebody. Whoever still does gets it anew. */
export async function stopActing(viewer: Viewer, { appId, as }: AppRef): Promise<null> {
  requireRole(viewer, 'read')
  if (as.kind === 'user') await leaveUser(await requireConnection(appId), as.id)
  return null
}

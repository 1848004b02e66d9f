import 'server-only'
import { InstantError } from '@/lib/model/instant-error'
import type { UnknownRequest } from '@/lib/model/requests/app'
import type { Viewer } from './viewer'

/** What is read where there is no data: raises `unknown-route`. */
export async function readNothing(_viewer: Viewer, { rest }: UnknownRequest): Promise<never> {
  const message = `There is no data at /api/apps/${rest.join('/')}.`
  throw new InstantError({ code: 'unknown-route', message })
}

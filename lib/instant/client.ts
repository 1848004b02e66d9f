import 'server-only'
import { type InstantAdminDatabase, type InstantUnknownSchema, init } from '@instantdb/admin'
import type { Identity } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import type { Connection } from './connection'

export type InstantClient = Pick<
  InstantAdminDatabase<InstantUnknownSchema>,
  'query' | 'transact' | 'tx'
>

/**
 * The one place where an SDK client is made. Fails closed: an identity that cannot be built raises
 * `identity-unavailable`, because a request without its identity header would run as admin.
 */
export function createClient(connection: Connection, identity: Identity): InstantClient {
  const client = init({
    appId: connection.appId,
    adminToken: connection.adminToken,
    apiURI: connection.apiURI,
    // Its warnings go to the console and may quote the request.
    verbose: false,
    // The backend's refusal names the place in the query; the SDK's own check would come first.
    disableValidation: true,
  })
  switch (identity.kind) {
    case 'admin':
      return client
    case 'guest':
      return client.asUser({ guest: true })
    case 'user':
      throw new InstantError({
        code: 'identity-unavailable',
        message: 'Acting as a user is not available yet. Nothing was sent.',
      })
  }
}

/** Headers of an admin request to a route the SDK does not cover. */
export function adminHeaders(connection: Connection): Record<string, string> {
  return {
    'content-type': 'application/json',
    'app-id': connection.appId,
    authorization: `Bearer ${connection.adminToken}`,
  }
}

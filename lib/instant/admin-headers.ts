import 'server-only'
import type { Connection } from './connection'

/** Headers of an admin request to a route the SDK does not cover. */
export function adminHeaders(connection: Connection): Record<string, string> {
  return {
    'content-type': 'application/json',
    'app-id': connection.appId,
    authorization: `Bearer ${connection.adminToken}`,
  }
}

import 'server-only'
import { type InstantAdminDatabase, type InstantUnknownSchema, init } from '@instantdb/admin'
import { normalizeEmail } from '@/lib/base/email'
import { type Identity, toIdentityText } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import type { Connection } from './connection'
import { type ReachOptions, reach } from './reach'

type Database = InstantAdminDatabase<InstantUnknownSchema>

/** What can be done as somebody. The rest of the SDK ignores the identity. */
export type InstantClient = Pick<
  Database,
  'query' | 'subscribeQuery' | 'transact' | 'tx' | 'debugQuery' | 'debugTransact'
>

type Work<C, T> = (client: C, signal: AbortSignal) => Promise<T>

/**
 * Does something at the backend as an identity. Fails closed: an identity that cannot be built raises
 * `identity-unavailable` and nothing is sent, because a request without its identity header would run
 * as admin. Raises what `reach` raises.
 */
export async function actAs<T>(
  connection: Connection,
  identity: Identity,
  work: Work<InstantClient, T>,
  options: ReachOptions = {},
): Promise<T> {
  const secrets: string[] = []
  const withClient = async (signal: AbortSignal) => {
    const acting = await buildClient(connection, identity)
    if (acting.token) secrets.push(acting.token)
    try {
      signal.throwIfAborted()
      return await work(acting.client, signal)
    } finally {
      // What was asked has its answer: a token that could not be given back does not undo it.
      if (acting.token) await Promise.allSettled([acting.signOut()])
    }
  }
  return reach(connection, withClient, { ...options, secrets })
}

/** Does something with the SDK's functions for users, which are the admin's whoever acts. */
export async function manageUsers<T>(
  connection: Connection,
  work: Work<Database['auth'], T>,
  options: ReachOptions = {},
): Promise<T> {
  return reach(connection, (signal) => work(initialize(connection).auth, signal), options)
}

interface ActingClient {
  readonly client: InstantClient
  /** Made for this one request, or null. */
  readonly token: string | null
  readonly signOut: () => Promise<void>
}

/** The one place where an SDK client is made from an identity. */
async function buildClient(connection: Connection, identity: Identity): Promise<ActingClient> {
  const database = initialize(connection)
  const none = { token: null, signOut: async () => undefined }
  switch (identity.kind) {
    case 'admin':
      return { client: database, ...none }
    case 'guest':
      return { client: database.asUser({ guest: true }), ...none }
    case 'user': {
      const user = await database.auth.getUser({ id: identity.id })
      if (user?.id !== identity.id) throw unavailable(identity)
      // A header has only ASCII without space around it: any other e-mail would arrive as another.
      const { email } = user
      if (email && normalizeEmail(email) === email) {
        return { client: database.asUser({ email }), ...none }
      }
      // Only for a user there is: createToken makes the ones it does not know.
      const token = await database.auth.createToken({ id: identity.id })
      if (!token) throw unavailable(identity)
      const signOut = () => database.auth.signOut({ refresh_token: token })
      return { client: database.asUser({ token }), token, signOut }
    }
  }
}

function unavailable(identity: Identity): InstantError {
  return new InstantError({
    code: 'identity-unavailable',
    message: `There is no user with the id ${toIdentityText(identity)}, so nothing was done as them.`,
  })
}

function initialize(connection: Connection): Database {
  return init({
    appId: connection.appId,
    adminToken: connection.adminToken,
    apiURI: connection.apiURI,
    // Its warnings go to the console and may quote the request.
    verbose: false,
    // The backend's refusal names the place in the query; the SDK's own check would come first.
    disableValidation: true,
  })
}

/** Headers of an admin request to a route the SDK does not cover. */
export function adminHeaders(connection: Connection): Record<string, string> {
  return {
    'content-type': 'application/json',
    'app-id': connection.appId,
    authorization: `Bearer ${connection.adminToken}`,
  }
}

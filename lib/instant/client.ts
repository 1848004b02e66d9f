import 'server-only'
import { type InstantAdminDatabase, type InstantUnknownSchema, init } from '@instantdb/admin'
import { normalizeEmail } from '@/lib/base/email'
import { decideManagement, decideWrite, type WriteIntent } from '@/lib/model/decide-write'
import { type Identity, toIdentityText } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import type { Connection } from './connection'
import { type ReachOptions, reach } from './reach'

type Database = InstantAdminDatabase<InstantUnknownSchema>

/** What can be read as somebody. The rest of the SDK ignores the identity. */
export type InstantClient = Pick<Database, 'query' | 'subscribeQuery' | 'debugQuery'>

/** What writes as somebody, or tries to. */
export type WritingClient = Pick<Database, 'transact' | 'debugTransact' | 'tx'>

/** What writes nothing: `createToken` and others make the users they do not know. */
type UserLookup = Pick<Database['auth'], 'getUser'>

type Work<C, T> = (client: C, signal: AbortSignal) => Promise<T>

/**
 * Reads something at the backend as an identity. Fails closed: an identity that cannot be built raises
 * `identity-unavailable` and nothing is sent, because a request without its identity header would run
 * as admin. Raises what `reach` raises.
 */
export async function actAs<T>(
  connection: Connection,
  identity: Identity,
  work: Work<InstantClient, T>,
  options: ReachOptions = {},
): Promise<T> {
  return asIdentity(connection, identity, work, options)
}

interface Ways<W, T> {
  readonly write: (client: Pick<WritingClient, 'transact' | 'tx'>) => Promise<W>
  readonly attempt: (client: Pick<WritingClient, 'debugTransact' | 'tx'>) => Promise<T>
}

/**
 * Writes as an identity, or tries to, as `decideWrite` decides: no other way leads to a transaction.
 * Raises `writes-off` when it is to do neither, and what `actAs` raises.
 */
export async function writeAs<W, T>(
  connection: Connection,
  intent: WriteIntent,
  { write, attempt }: Ways<W, T>,
): Promise<W | T> {
  const decision = decideWrite(intent)
  switch (decision.kind) {
    case 'refuse':
      throw writesOff(decision.reason)
    case 'try':
      return asIdentity(connection, intent.as, attempt)
    case 'write':
      return asIdentity(connection, intent.as, write)
  }
}

/** Looks users up with the SDK's functions for them, which are the admin's whoever acts. */
export async function lookUpUsers<T>(
  connection: Connection,
  work: Work<UserLookup, T>,
  options: ReachOptions = {},
): Promise<T> {
  return reach(connection, (signal) => work(initialize(connection).auth, signal), options)
}

/**
 * Changes users, as admin whoever is acted as. Raises `writes-off` while writes as whom the dashboard
 * acts are not meant: nothing is written then, by this neither.
 */
export async function manageUsers<T>(
  connection: Connection,
  intent: WriteIntent,
  work: Work<Database['auth'], T>,
): Promise<T> {
  const decision = decideManagement(intent)
  if (decision.kind === 'refuse') throw writesOff(decision.reason)
  return reach(connection, (signal) => work(initialize(connection).auth, signal))
}

function writesOff(message: string): InstantError {
  return new InstantError({ code: 'writes-off', message })
}

async function asIdentity<T>(
  connection: Connection,
  identity: Identity,
  work: Work<InstantClient & WritingClient, T>,
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

interface ActingClient {
  readonly client: InstantClient & WritingClient
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

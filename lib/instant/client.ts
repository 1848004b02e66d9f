import 'server-only'
import { type InstantAdminDatabase, type InstantUnknownSchema, init } from '@instantdb/admin'
import { normalizeEmail } from '@/lib/base/email'
import { decideManagement, decideWrite, type WriteIntent } from '@/lib/model/decide-write'
import type { Identity } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import { withActingToken } from './acting-tokens'
import type { Connection } from './connection'
import { type ReachOptions, reach } from './reach'
import { mintToken, noSuchUser } from './refresh-token'

type Database = InstantAdminDatabase<InstantUnknownSchema>

/** What can be read as somebody. The rest of the SDK ignores the identity. */
export type InstantClient = Pick<Database, 'query' | 'subscribeQuery' | 'debugQuery'>

/** What writes as somebody, or tries to. */
export type WritingClient = Pick<Database, 'transact' | 'debugTransact' | 'tx'>

/** What writes nothing: `createToken` and others make the users they do not know. */
type UserLookup = Pick<Database['auth'], 'getUser'>

/** What changes users there are. */
type UserManagement = Pick<Database['auth'], 'signOut' | 'deleteUser' | 'generateMagicCode'>

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
  work: Work<UserManagement, T>,
): Promise<T> {
  requireManagement(intent)
  return reach(connection, (signal) => work(initialize(connection).auth, signal))
}

/** Makes a refresh token of a user there is, under the same condition, for whoever is to be them. */
export async function mintTokenFor(
  connection: Connection,
  intent: WriteIntent,
  id: string,
): Promise<string> {
  requireManagement(intent)
  return mintToken(connection, id)
}

function requireManagement(intent: WriteIntent): void {
  const decision = decideManagement(intent)
  if (decision.kind === 'refuse') throw writesOff(decision.reason)
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
  const withClient = (signal: AbortSignal) =>
    withIdentity(connection, identity, (client, token) => {
      if (token !== null) secrets.push(token)
      signal.throwIfAborted()
      return work(client, signal)
    })
  return reach(connection, withClient, { ...options, secrets })
}

/** The one place where an SDK client is made from an identity. */
async function withIdentity<T>(
  connection: Connection,
  identity: Identity,
  work: (client: InstantClient & WritingClient, token: string | null) => Promise<T>,
): Promise<T> {
  const database = initialize(connection)
  switch (identity.kind) {
    case 'admin':
      return work(database, null)
    case 'guest':
      return work(database.asUser({ guest: true }), null)
    case 'user': {
      // At every request: who was deleted since the last is nobody.
      const user = await database.auth.getUser({ id: identity.id })
      if (user?.id !== identity.id) throw noSuchUser(identity.id)
      // A header has only ASCII without space around it: any other e-mail would arrive as another.
      const { email } = user
      if (email && normalizeEmail(email) === email) return work(database.asUser({ email }), null)
      return withActingToken(connection, identity.id, (token) =>
        work(database.asUser({ token }), token),
      )
    }
  }
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

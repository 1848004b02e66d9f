import 'server-only'
import { normalizeEmail } from '@/lib/base/email'
import type { JsonObject } from '@/lib/base/json'
import { isUuid } from '@/lib/base/uuid'
import { leaveUser } from '@/lib/instant/acting-tokens'
import { lookUpUsers, manageUsers, mintTokenFor } from '@/lib/instant/client'
import { requireConnection } from '@/lib/instant/connection'
import { admin } from '@/lib/model/identity'
import { InstantError } from '@/lib/model/instant-error'
import type { UserRequest, UsersRequest, UserWrite } from '@/lib/model/requests/user'
import {
  type CreationTimes,
  codeLifetimeMinutes,
  type NewMagicCode,
  type NewToken,
  searchedAttributes,
  type UserDetail,
  type UserSummary,
  type UsersPage,
  usersNamespace,
} from '@/lib/model/user'
import { fetchRecords } from './fetch-records'
import { readRecord } from './records'
import { readSchema } from './schema'
import { toUser } from './user-shape'
import { requireRole, type Viewer } from './viewer'

/*
 * Users are managed as admin, whoever the dashboard acts as: the SDK's functions for them know no
 * other identity.
 */

/**
 * Users, the newest first. A search that is a uuid is an id or, if nobody has it, a refresh token; any
 * other is a part of an e-mail or of another text that the app indexes, and whoever has exactly that
 * e-mail comes first.
 */
export async function readUsers(
  viewer: Viewer,
  { appId, search, page, size }: UsersRequest,
  signal?: AbortSignal,
): Promise<UsersPage> {
  requireRole(viewer, 'read')
  const text = search.trim()
  if (isUuid(text)) return findByUuid(appId, text.toLowerCase(), signal)

  const $ = { order: { serverCreatedAt: 'desc' }, limit: size + 1, offset: (page - 1) * size }
  const email = normalizeEmail(text)
  const names = text === '' ? [] : searchedAttributes(await readSchema(viewer, { appId }, signal))
  const [listed, exact] = await Promise.all([
    queryUsers(appId, text === '' ? $ : { ...$, where: likeAny(names, text) }, signal),
    email === null ? [] : queryUsers(appId, { where: { email } }, signal),
  ])
  const others = listed.slice(0, size).filter(({ id }) => id !== exact[0]?.id)
  return {
    users: page === 1 ? [...exact, ...others] : others,
    foundBy: text === '' ? 'all' : 'text',
    hasMore: listed.length > size,
  }
}

/** A user with all that belongs to them. Raises `unknown-user`. */
export async function readUser(
  viewer: Viewer,
  { appId, id }: UserRequest,
  signal?: AbortSignal,
): Promise<UserDetail> {
  requireRole(viewer, 'read')
  const user = await requireUser({ appId, id }, signal)
  const [record, sessions] = await Promise.all([
    readRecord(viewer, { appId, as: admin, namespace: usersNamespace, id }, signal),
    countSessions({ appId, id }, signal),
  ])
  return { ...toUser(record.values), id, createdAt: createdAt(user), record, sessions }
}

/** What names a user. Raises `unknown-user`. */
export async function readUserSummary(
  viewer: Viewer,
  ref: UserRequest,
  signal?: AbortSignal,
): Promise<UserSummary> {
  requireRole(viewer, 'read')
  return toUser({ ...(await requireUser(ref, signal)) })
}

/** When users were created, which a query does not tell. */
export async function readCreationTimes(
  viewer: Viewer,
  { appId, ids }: { readonly appId: string; readonly ids: readonly string[] },
  signal?: AbortSignal,
): Promise<CreationTimes> {
  requireRole(viewer, 'read')
  const connection = await requireConnection(appId)
  return lookUpUsers(
    connection,
    async (auth) => {
      const users = await Promise.all(ids.map((id) => auth.getUser({ id })))
      return Object.fromEntries(ids.map((id, index) => [id, createdAt(users[index])]))
    },
    { signal },
  )
}

/** Ends all sessions of a user. What runs with an access that was granted before goes on for a while. */
export async function signOutUser(viewer: Viewer, ref: UserWrite): Promise<{ id: string }> {
  requireRole(viewer, 'write')
  await requireUser(ref)
  const connection = await requireConnection(ref.appId)
  await manageUsers(connection, ref, (auth) => auth.signOut({ id: ref.id }))
  // The token by which the dashboard acts as them went with the others.
  await leaveUser(connection, ref.id)
  return { id: ref.id }
}

/** Deletes a user and what goes with them. Raises `unknown-user` when there was none to delete. */
export async function deleteUser(viewer: Viewer, ref: UserWrite): Promise<{ id: string }> {
  requireRole(viewer, 'write')
  const connection = await requireConnection(ref.appId)
  const deleted = await manageUsers(connection, ref, (auth) => auth.deleteUser({ id: ref.id }))
  if (!deleted) throw unknownUser(ref.id)
  return { id: ref.id }
}

/** Makes a refresh token: whoever holds it is this user. The one token that is sent to a browser. */
export async function createToken(viewer: Viewer, ref: UserWrite): Promise<NewToken> {
  requireRole(viewer, 'write')
  await requireUser(ref)
  const connection = await requireConnection(ref.appId)
  return { token: await mintTokenFor(connection, ref, ref.id) }
}

/** Makes a sign-in code for a user's e-mail and sends it to nobody. */
export async function createMagicCode(viewer: Viewer, ref: UserWrite): Promise<NewMagicCode> {
  requireRole(viewer, 'write')
  const { email } = await requireUser(ref)
  if (!email) {
    throw new InstantError({
      code: 'invalid-input',
      message: 'This user has no e-mail, and a magic code is made for an e-mail.',
    })
  }
  const connection = await requireConnection(ref.appId)
  const { code } = await manageUsers(connection, ref, (auth) => auth.generateMagicCode(email))
  return { code, email, lifetimeMinutes: codeLifetimeMinutes }
}

async function findByUuid(
  appId: string,
  uuid: string,
  signal: AbortSignal | undefined,
): Promise<UsersPage> {
  return lookUpUsers(
    await requireConnection(appId),
    async (auth) => {
      const byId = await auth.getUser({ id: uuid })
      const user = byId ?? (await auth.getUser({ refresh_token: uuid }))
      const users = user ? [toUser({ ...user })] : []
      return { users, foundBy: byId || !user ? 'id' : 'token', hasMore: false }
    },
    { signal, secrets: [uuid] },
  )
}

async function queryUsers(
  appId: string,
  $: JsonObject,
  signal: AbortSignal | undefined,
): Promise<readonly UserSummary[]> {
  const query = { [usersNamespace]: { $ } }
  const found = await fetchRecords(
    { appId, as: admin, namespace: usersNamespace },
    { query, signal },
  )
  return found.map(toUser)
}

/** Null when the backend does not let sessions be asked for. */
async function countSessions(
  { appId, id }: UserRequest,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const query = { $userRefreshTokens: { $: { where: { $user: id }, fields: ['id'] } } }
  const all = fetchRecords({ appId, as: admin, namespace: '$userRefreshTokens' }, { query, signal })
  const [sessions] = await Promise.allSettled([all])
  return sessions.status === 'fulfilled' ? sessions.value.length : null
}

async function requireUser({ appId, id }: UserRequest, signal?: AbortSignal) {
  const connection = await requireConnection(appId)
  const user = await lookUpUsers(connection, (auth) => auth.getUser({ id }), { signal })
  if (!user) throw unknownUser(id)
  return user
}

function unknownUser(id: string): InstantError {
  return new InstantError({
    code: 'unknown-user',
    message: `There is no user with the id ${id}. It may have been deleted.`,
  })
}

function likeAny(names: readonly string[], text: string): JsonObject {
  const $ilike = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return { or: names.map((name) => ({ [name]: { $ilike } })) }
}

// The SDK's functions answer it, but its types do not know it.
function createdAt(user: object | null | undefined): string | null {
  return user && 'created_at' in user && typeof user.created_at === 'string'
    ? user.created_at
    : null
}

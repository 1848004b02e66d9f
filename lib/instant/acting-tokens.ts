import 'server-only'
import type { Connection } from './connection'
import { mintToken, signOutToken } from './refresh-token'

/**
 * The refresh tokens by which users without an e-mail are acted as. One is kept for a minute, since a
 * page asks for several things, and signed out then, or once the last request with it has ended. They
 * never leave the server.
 */
interface ActingToken {
  readonly connection: Connection
  readonly minted: Promise<string>
  /** Requests, and subscriptions, that are under way with it. */
  borrowers: number
  isRetired: boolean
  readonly timer: NodeJS.Timeout
}

/** How long a token is used for new requests. */
const reuseMs = 60_000

// Next's bundles each have a copy of this module; the tokens are to be one set for the process.
const place = Symbol.for('understudy.acting-tokens')
const shared: typeof globalThis & { [place]?: Map<string, ActingToken> } = globalThis
const tokens = shared[place] ?? begin()

function begin(): Map<string, ActingToken> {
  const begun = new Map<string, ActingToken>()
  shared[place] = begun
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void leaveAll())
  return begun
}

/** Does something with a token of a user there is. Raises `identity-unavailable` when there is none. */
export async function withActingToken<T>(
  connection: Connection,
  userId: string,
  work: (token: string) => Promise<T>,
): Promise<T> {
  const key = keyOf(connection, userId)
  const entry = tokens.get(key) ?? keep(connection, userId)
  entry.borrowers += 1
  try {
    return await work(await entry.minted)
  } catch (error) {
    // It may be that it is valid no longer: the next request begins with another.
    retire(key, entry)
    throw error
  } finally {
    entry.borrowers -= 1
    if (entry.isRetired && entry.borrowers === 0) await signOut(entry)
  }
}

/** Signs a user's token out as soon as nothing is under way with it. */
export async function leaveUser(connection: Connection, userId: string): Promise<void> {
  const key = keyOf(connection, userId)
  const entry = tokens.get(key)
  if (entry) await retire(key, entry)
}

/** The same for all there are: nobody is acted as any more. */
export async function leaveAll(): Promise<void> {
  await Promise.all([...tokens].map(([key, entry]) => retire(key, entry)))
}

function keep(connection: Connection, userId: string): ActingToken {
  const key = keyOf(connection, userId)
  const entry: ActingToken = {
    connection,
    minted: mintToken(connection, userId),
    borrowers: 0,
    isRetired: false,
    timer: setTimeout(() => void retire(key, entry), reuseMs).unref(),
  }
  tokens.set(key, entry)
  return entry
}

async function retire(key: string, entry: ActingToken): Promise<void> {
  if (entry.isRetired) return
  entry.isRetired = true
  clearTimeout(entry.timer)
  if (tokens.get(key) === entry) tokens.delete(key)
  if (entry.borrowers === 0) await signOut(entry)
}

// What was asked has its answer: a token that could not be given back does not undo it.
async function signOut({ connection, minted }: ActingToken): Promise<void> {
  await Promise.allSettled([minted.then((token) => signOutToken(connection, token))])
}

function keyOf({ apiURI, appId }: Connection, userId: string): string {
  return `${apiURI} ${appId} ${userId}`
}

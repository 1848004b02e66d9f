import { findAppByToken, findTokenApp } from '@/backend/auth/admin-token'
import { findApp } from '@/backend/auth/find-app'
import { EngineError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import type { User } from '@/backend/schema/user'
import { type AppRow, readApp } from '@/backend/store/read-app'
import type { Engine } from './engine'
import { getUser } from './users'

/** The app of an admin request. An unknown app fails exactly as an unknown token does (http.md 2.1). */
export async function requireAdminApp(
  { db }: Engine,
  { appId, token }: { appId: string; token: string },
): Promise<AppKey> {
  const app = await findAppByToken(db, { appId, token })
  if (app !== null) return app
  throw new EngineError('record-not-found', 'Record not found: app-admin-token', {
    args: [{ 'app-id': appId, token }],
    message:
      'This admin token may be expired or invalid. Or you may have provided an incorrect app ID.',
    'record-type': 'app-admin-token',
  })
}

/** The app of a dashboard request made with its admin token (contract http.md 6.3). */
export async function requireDashApp(
  { db }: Engine,
  { appId, token }: { appId: string; token: string },
): Promise<AppKey> {
  const app = await findAppByToken(db, { appId, token })
  if (app !== null) return app
  if ((await findTokenApp(db, token)) !== null) {
    throw new EngineError(
      'validation-failed',
      `This admin token does not belong to app ${appId}. Admin tokens are bound to a single app. Use a personal access token to manage other apps.`,
      { reason: 'admin-token-mismatch' },
    )
  }
  throw developerNotFound()
}

/** The app whose admin token it is, for requests that name none (contract http.md 6.3). */
export async function requireTokenApp({ db }: Engine, token: string): Promise<AppKey> {
  const app = await findTokenApp(db, token)
  if (app === null) throw developerNotFound()
  return app
}

function developerNotFound(): EngineError {
  return new EngineError('record-not-found', 'Record not found: instant-user', {
    args: [{ 'auth?': true }],
    'record-type': 'instant-user',
  })
}

/** The refusal of an identity that no user of the app has (contract http.md 2.1). */
export function userNotFound(args: { readonly [name: string]: string }): EngineError {
  return new EngineError('record-not-found', 'Record not found: app-user', {
    args: [args],
    'record-type': 'app-user',
  })
}

/** The user of an app who has exactly this e-mail, without normalising it (contract http.md 3.3). */
export async function requireUserWithEmail(
  engine: Engine,
  { app, appId, email }: { app: AppKey; appId: string; email: string },
): Promise<User> {
  const user = await getUser(engine, app, { kind: 'email', email })
  if (user) return user
  throw userNotFound({ 'app-id': appId, email })
}

/** The app that a client without any token names (contract http.md 3.10). */
export async function requireApp(engine: Engine, appId: string): Promise<AppKey> {
  const app = await findAppKey(engine, appId)
  if (app !== null) return app
  throw appNotFound(appId)
}

/** The refusal of an app that is not there (contract http.md 1.6). */
export function appNotFound(appId: string): EngineError {
  return new EngineError('record-not-found', 'Record not found: app', {
    args: [{ id: appId }],
    'record-type': 'app',
  })
}

/** The app with this id; null when there is none. */
export async function findAppKey({ db }: Engine, appId: string): Promise<AppKey | null> {
  return findApp(db, appId)
}

/** What a developer is told of an app besides its schema. */
export async function describeApp({ db }: Engine, app: AppKey): Promise<AppRow> {
  return readApp(db, app)
}

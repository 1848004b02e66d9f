import { findAppByToken, hasUserWithEmail, isAdminToken } from '@/backend/auth/admin-token'
import { EngineError } from '@/backend/engine-error'
import type { AppKey } from '@/backend/schema/attr'
import { systemAttrs } from '@/backend/schema/catalog'
import { must } from '@/lib/base/must'
import type { Engine } from './engine'

const emailAttr = must(
  systemAttrs.find(({ forward }) => forward.namespace === '$users' && forward.label === 'email'),
  'the catalog has $users.email',
)

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
  if (await isAdminToken(db, token)) {
    throw new EngineError(
      'validation-failed',
      `This admin token does not belong to app ${appId}. Admin tokens are bound to a single app. Use a personal access token to manage other apps.`,
      { reason: 'admin-token-mismatch' },
    )
  }
  throw new EngineError('record-not-found', 'Record not found: instant-user', {
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

/** Throws unless the app has a user with exactly this e-mail. */
export async function requireUserWithEmail(
  { db }: Engine,
  { app, appId, email }: { app: AppKey; appId: string; email: string },
): Promise<void> {
  const isKnown = await hasUserWithEmail(db, { app, emailAttr: emailAttr.key, email })
  if (!isKnown) throw userNotFound({ 'app-id': appId, email })
}

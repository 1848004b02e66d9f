import { findApp } from '@/backend/auth/find-app'
import { findUser, type UserKey } from '@/backend/auth/find-user'
import type { AppKey } from '@/backend/schema/attr'
import type { User } from '@/backend/schema/user'
import type { Engine } from './engine'
import { deleteSteps, writeAsSystem } from './write-as-system'

export type { UserKey } from '@/backend/auth/find-user'

/** The user that the key stands for; null when there is none (contract http.md 2.10). */
export async function getUser(
  { db, readSchema }: Engine,
  app: AppKey,
  key: UserKey,
): Promise<User | null> {
  return db.transaction(
    async (tx) => findUser(tx, { app, schema: await readSchema(tx, app) }, key),
    'read',
  )
}

/** The app with this id and its user with this refresh token; null for an unknown app as well. */
export async function findUserByToken(
  { db, readSchema }: Engine,
  { appId, token }: { readonly appId: string; readonly token: string },
): Promise<{ readonly app: AppKey; readonly user: User } | null> {
  return db.transaction(async (tx) => {
    const app = await findApp(tx, appId)
    if (app === null) return null
    const context = { app, schema: await readSchema(tx, app) }
    const user = await findUser(tx, context, { kind: 'token', token })
    return user && { app, user }
  }, 'read')
}

/**
 * Deletes a user, and with it its tokens, the guests that are linked to it, and whatever the app's
 * own links make go too (contract http.md 3.8). Answers with the user as it was, or null.
 */
export async function deleteUser(engine: Engine, app: AppKey, key: UserKey): Promise<User | null> {
  return writeAsSystem(engine, app, async (write) => {
    const user = await findUser(write.tx, write, key)
    if (user) await write.write(deleteSteps('$users', [user.id]))
    return user
  })
}

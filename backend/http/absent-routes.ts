import { type Context, Hono } from 'hono'
import { validationError } from '@/backend/engine-error'
import type { Engine } from '@/backend/operations/engine'
import { requireAdminApp } from '@/backend/operations/identify'
import { dashApp } from './dash-app'
import { paramMissing, requireAppId, requireToken } from './params'

/**
 * What an app of this backend never has: people in rooms, since nobody holds a connection here, and
 * webhooks, which are not delivered (contract http.md 2.15, 2.18). Whoever lists them is told so.
 */
export function absentRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.get('/admin/rooms/presence', async (c) => {
    await requireAdminApp(engine, { appId: requireAppId(c), token: requireToken(c) })
    for (const name of ['room-type', 'room-id']) requireQueryText(c, name)
    return c.json({ sessions: {} })
  })
  routes.get('/dash/apps/:app_id/webhooks', async (c) => {
    await dashApp(c, engine)
    return c.json({ webhooks: [] })
  })
  for (const path of ['/dash/apps/:app_id/webhooks', '/dash/apps/:app_id/webhooks/*']) {
    routes.all(path, async (c) => {
      await dashApp(c, engine)
      throw validationError('webhook', c.req.path, [
        { message: 'The embedded backend delivers no webhooks.' },
      ])
    })
  }

  return routes
}

function requireQueryText(c: Context, name: string): void {
  if (!c.req.query(name)?.trim()) throw paramMissing(['params', name])
}

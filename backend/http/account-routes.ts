import { Hono } from 'hono'
import type { Engine } from '@/backend/operations/engine'
import { describeApp, requireTokenApp } from '@/backend/operations/identify'
import { dashApp } from './dash-app'
import { requireToken } from './params'

/**
 * What instant-cli asks about the developer (contract http.md 6.3, 6.9, 6.11). There are no developer
 * accounts here: whoever holds the admin token of an app is who may know it.
 */
export function accountRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.get('/dash/me', async (c) => {
    const app = await requireTokenApp(engine, requireToken(c))
    const { id, createdAt } = await describeApp(engine, app)
    return c.json({ user: { id, email: 'admin@localhost', created_at: createdAt } })
  })
  routes.get('/dash/apps/:app_id', async (c) => {
    const { id, title } = await describeApp(engine, await dashApp(c, engine))
    return c.json({ app: { id, title } })
  })
  routes.get('/dash/apps/:app_id/backups', async (c) => {
    await dashApp(c, engine)
    return c.json({ backups: [] })
  })

  return routes
}

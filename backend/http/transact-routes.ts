import { Hono } from 'hono'
import type { Engine } from '@/backend/operations/engine'
import { transact } from '@/backend/operations/transact'
import { requireCaller } from './actor'
import { notSupportedYet } from './errors'
import { readBody, requireAppId, requireArray } from './params'

/** `POST /admin/transact` (contract http.md 2.3). */
export function transactRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.post('/admin/transact', async (c) => {
    const appId = requireAppId(c)
    const body = await readBody(c)
    const steps = requireArray(body, 'steps')
    const { app, actor } = await requireCaller(c, engine, appId)
    // Rules of writes are not judged yet: writing as the admin instead would pass them all.
    if (actor.kind !== 'admin') throw notSupportedYet(`writing as a ${actor.kind}`)
    const { txId } = await transact(engine, {
      app,
      actor,
      steps,
      throwOnMissingAttrs: body['throw-on-missing-attrs?'] === true,
    })
    return c.json({ 'tx-id': txId })
  })

  return routes
}

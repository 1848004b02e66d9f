import { Hono } from 'hono'
import type { Engine } from '@/backend/operations/engine'
import { transact } from '@/backend/operations/transact'
import { requireAppOf, requireCaller } from './actor'
import { readBody, requireAppId, requireArray } from './params'

/** `POST /admin/transact` (contract http.md 2.3). */
export function transactRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.post('/admin/transact', async (c) => {
    const appId = requireAppId(c)
    const body = await readBody(c)
    const steps = requireArray(body, 'steps')
    const caller = requireAppOf(await requireCaller(c, engine, appId), appId)
    const { txId } = await transact(engine, {
      ...caller,
      steps,
      throwOnMissingAttrs: body['throw-on-missing-attrs?'] === true,
    })
    return c.json({ 'tx-id': txId })
  })

  return routes
}

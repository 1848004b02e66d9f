import { Hono } from 'hono'
import type { Engine } from '@/backend/operations/engine'
import { extraKey } from '@/backend/operations/extra-key'
import { followQuery } from '@/backend/operations/follow-query'
import { runQueryBySchema } from '@/backend/operations/query'
import { tagOf } from '@/backend/schema/schema-tag'
import { identifyCaller, readCredentials, requireCaller } from './actor'
import { readBody, requireAppId, requireObject } from './params'
import { prefersTag } from './prefers-tag'
import { subscriptionStream } from './subscription'

/** `POST /admin/query` and its subscription (contract http.md 2.2, 2.6). */
export function queryRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.post('/admin/query', async (c) => {
    const appId = requireAppId(c)
    const body = await readBody(c)
    const query = requireObject(body, 'query')
    const caller = await requireCaller(c, engine, appId)
    const { answer, schema } = await runQueryBySchema(engine, {
      ...caller,
      query,
      isInferred: body['inference?'] === true,
      wantsPageInfo: false,
    })
    if (!prefersTag(c)) return c.json(answer.tree)
    return c.json({ ...answer.tree, [`$${extraKey}`]: tagOf(schema) })
  })

  routes.post('/admin/subscribe-query', async (c) => {
    const appId = requireAppId(c)
    const body = await readBody(c)
    const query = requireObject(body, 'query')
    const isInferred = body['inference?'] === true
    const credentials = readCredentials(c)
    const identify = () => identifyCaller(engine, appId, credentials)
    const { app } = await identify()
    const ask = async () => ({ ...(await identify()), query, isInferred, wantsPageInfo: true })
    const key = JSON.stringify([appId, credentials, query, isInferred])
    const stream = subscriptionStream({
      query,
      follow: () => followQuery(engine, { app, key, ask }),
      signal: c.req.raw.signal,
    })
    return new Response(stream, {
      headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' },
    })
  })

  return routes
}

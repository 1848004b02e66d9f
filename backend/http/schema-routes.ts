import { Hono } from 'hono'
import { applyWireSteps } from '@/backend/operations/apply-steps'
import { listDeletedAttrs } from '@/backend/operations/change-attrs'
import { createApp } from '@/backend/operations/create-app'
import type { Engine } from '@/backend/operations/engine'
import { requireAdminApp } from '@/backend/operations/identify'
import { cancelJob, readJobs } from '@/backend/operations/jobs/ask-jobs'
import { adminSchema, pullSchema } from '@/backend/operations/pull-schema'
import { planSchema, pushSchema } from '@/backend/operations/push-schema'
import { listRuleVersions, pullRules, pushRules } from '@/backend/operations/rules'
import { isUuid } from '@/lib/base/uuid'
import { dashApp, dashRequest, readStorableBody } from './dash-app'
import { paramMalformed, requireAppId, requireToken } from './params'
import { prefersTag } from './prefers-tag'

/** Temporary apps, their schemas and their rules (contract http.md 2.17, 6.4, 6.5, 6.10, 6.17). */
export function schemaRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.post('/dash/apps/ephemeral', async (c) =>
    c.json(await createApp(engine, await readStorableBody(c))),
  )
  routes.get('/admin/schema', async (c) => {
    const caller = { appId: requireAppId(c), token: requireToken(c) }
    return c.json(await adminSchema(engine, await requireAdminApp(engine, caller)))
  })
  routes.get('/admin/soft_deleted_attrs', async (c) => {
    const caller = { appId: requireAppId(c), token: requireToken(c) }
    return c.json(await listDeletedAttrs(engine, await requireAdminApp(engine, caller)))
  })
  routes.get('/dash/apps/:app_id/schema/pull', async (c) =>
    c.json(await pullSchema(engine, await dashApp(c, engine), { isTagged: prefersTag(c) })),
  )
  routes.post('/dash/apps/:app_id/schema/push/plan', async (c) =>
    c.json(await planSchema(engine, await dashRequest(c, engine))),
  )
  routes.post('/dash/apps/:app_id/schema/push/apply', async (c) =>
    c.json(await pushSchema(engine, await dashRequest(c, engine))),
  )
  routes.post('/dash/apps/:app_id/schema/steps/apply', async (c) =>
    c.json(await applyWireSteps(engine, await dashRequest(c, engine))),
  )
  routes.get('/dash/apps/:app_id/indexing-jobs/group/:group_id', async (c) => {
    const app = await dashApp(c, engine)
    const groupId = c.req.param('group_id')
    if (!isUuid(groupId)) throw paramMalformed(['params', 'group_id'], groupId)
    return c.json(await readJobs(engine, app, groupId))
  })
  // Not a route of Instant's, which calls a job off only by itself.
  routes.post('/dash/apps/:app_id/indexing-jobs/:job_id/cancel', async (c) => {
    const app = await dashApp(c, engine)
    const jobId = c.req.param('job_id')
    if (!isUuid(jobId)) throw paramMalformed(['params', 'job_id'], jobId)
    return c.json(await cancelJob(engine, app, jobId))
  })
  routes.post('/dash/apps/:app_id/rules', async (c) => {
    const { code, version } = await pushRules(engine, await dashRequest(c, engine))
    return c.json({ rules: { app_id: c.req.param('app_id').toLowerCase(), code, version } })
  })
  // Not a route of Instant's: its dashboard reads versions through its own.
  routes.get('/dash/apps/:app_id/rules/versions', async (c) =>
    c.json(await listRuleVersions(engine, await dashApp(c, engine))),
  )
  routes.get('/dash/apps/:app_id/perms/pull', async (c) =>
    c.json(await pullRules(engine, await dashApp(c, engine))),
  )

  return routes
}

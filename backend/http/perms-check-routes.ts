import { type Context, Hono } from 'hono'
import { validationError } from '@/backend/engine-error'
import type { RuledActor } from '@/backend/operations/actor'
import { checkQuery } from '@/backend/operations/check-query'
import { checkTransaction } from '@/backend/operations/check-transaction'
import type { Engine } from '@/backend/operations/engine'
import { requireAdminApp } from '@/backend/operations/identify'
import type { RequestOrigin } from '@/backend/operations/judging/judge-context'
import { parseCode } from '@/backend/operations/rules'
import { isJsonObject, type JsonObject } from '@/lib/base/json'
import { type Caller, requireCaller } from './actor'
import {
  paramMalformed,
  readBody,
  requireAppId,
  requireArray,
  requireObject,
  requireToken,
} from './params'
import { toWireQueryCheck, toWireTransactionCheck } from './wire-check'

/** What rules say of a query or a transaction, told to the admin (contract http.md 2.4, 2.5). */
export function permsCheckRoutes(engine: Engine): Hono {
  const routes = new Hono()

  routes.post('/admin/query_perms_check', async (c) => {
    const caller = await requireRuledCaller(c, engine)
    const body = await readBody(c)
    const rulesOverride = readOverride(body)
    const query = requireObject(body, 'query')
    const checked = await checkQuery(engine, {
      ...caller,
      requestOrigin: overriddenOrigin(caller, body),
      rulesOverride,
      query,
      isInferred: body['inference?'] === true,
      wantsPageInfo: false,
    })
    return c.json(toWireQueryCheck(checked))
  })

  routes.post('/admin/transact_perms_check', async (c) => {
    const caller = await requireRuledCaller(c, engine)
    const body = await readBody(c)
    const steps = requireArray(body, 'steps')
    const checked = await checkTransaction(engine, {
      ...caller,
      steps,
      rulesOverride: readOverride(body),
      requestOrigin: overriddenOrigin(caller, body),
      commits: body['dangerously-commit-tx'] === true,
      throwOnMissingAttrs: body['throw-on-missing-attrs?'] === true,
    })
    return c.json(toWireTransactionCheck(checked))
  })

  return routes
}

/** The admin, acting for somebody: for themselves there is nothing to check. */
async function requireRuledCaller(
  c: Context,
  engine: Engine,
): Promise<Caller & { readonly actor: RuledActor }> {
  const appId = requireAppId(c)
  await requireAdminApp(engine, { appId, token: requireToken(c) })
  const caller = await requireCaller(c, engine, appId)
  const { actor } = caller
  if (actor.kind !== 'admin') return { ...caller, actor }
  throw validationError('non-admin', 'non-admin', [{ message: 'Cannot test perms as admin' }])
}

/** The rules to ask instead of those in force; null when the body brings none. */
function readOverride(body: JsonObject): JsonObject | null {
  const given = body['rules-override'] ?? null
  if (given === null) return null
  if (!isJsonObject(given)) throw paramMalformed(['body', 'rules-override'], given)
  return parseCode(given)
}

function overriddenOrigin({ requestOrigin }: Caller, body: JsonObject): RequestOrigin {
  return {
    ip: readText(body, 'ip-override') ?? requestOrigin.ip,
    origin: readText(body, 'origin-override') ?? requestOrigin.origin,
  }
}

/** Text that is not blank; null when there is none. */
function readText(body: JsonObject, name: string): string | null {
  const given = body[name] ?? null
  if (given === null) return null
  if (typeof given === 'string' && given.trim() !== '') return given
  throw paramMalformed(['body', name], given)
}

import type { CompiledRules } from '@/backend/rules/compile-rules'
import { createRequestScope, type RequestScope } from '@/backend/rules/request-scope'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import type { JsonObject } from '@/lib/base/json'
import type { RuledActor } from '../actor'
import type { JudgeContext } from './judge'
import type { TakeTokens } from './token-buckets'

/** What rules may know of a request besides who makes it. */
export interface RequestOrigin {
  readonly ip: string | null
  readonly origin: string | null
}

/** Whom rules are asked for, in which transaction. */
export interface JudgeRequest {
  readonly app: AppKey
  readonly actor: RuledActor
  readonly requestOrigin: RequestOrigin
  readonly ruleParams: JsonObject | null
  readonly isDebug: boolean
}

/** The request as rules see it when a step brings parameters of its own. */
export type ScopeOf = (ruleParams: JsonObject | null) => RequestScope

/** Scopes that differ from the given one in their parameters only, each made once. */
export function createScopes({ facts }: RequestScope): ScopeOf {
  const known = new Map<string, RequestScope>()
  return (ruleParams) => {
    const key = JSON.stringify(ruleParams)
    const scope = known.get(key) ?? createRequestScope({ ...facts, ruleParams })
    known.set(key, scope)
    return scope
  }
}

/** The context in which the rules of an app are asked for one request. */
export function createJudgeContext(
  takeTokens: TakeTokens,
  request: JudgeRequest,
  { tx, schema, rules }: { tx: Queryable; schema: Schema; rules: CompiledRules },
): JudgeContext {
  const { app, actor, requestOrigin, ruleParams, isDebug } = request
  const nowMs = Date.now()
  const user = actor.kind === 'user' ? actor.user : null
  const auth = user && { ...user.values, id: user.id }
  return {
    tx,
    app,
    schema,
    scope: createRequestScope({ auth, ruleParams, timeMs: nowMs, ...requestOrigin }),
    userId: user?.id ?? null,
    takeTokens: (wanted) => takeTokens(app, wanted, { limits: rules.rateLimits, nowMs }),
    isDebug,
  }
}

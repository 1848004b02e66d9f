import type { CompiledRules } from '@/backend/rules/compile-rules'
import { permissionDenied } from '@/backend/rules/rule-error'
import type { User } from '@/backend/schema/user'
import type { JsonObject } from '@/lib/base/json'
import type { Engine } from './engine'
import { createJudge } from './judging/judge'
import { createJudgeContext, type RequestOrigin } from './judging/judge-context'
import type { SystemWrite } from './write-as-system'

/** An account that somebody is about to open for themselves. */
export interface SignUp {
  readonly id: string
  /** Null for a guest. */
  readonly email: string | null
  readonly extraFields: JsonObject
}

/** Whom sign-up asks, and what it may know of the request. */
export interface SignUpRules {
  readonly rules: CompiledRules
  readonly requestOrigin: RequestOrigin
}

/**
 * Asks the rule `$users.create` whether the account may be opened; `$default` does not count for
 * it. The rule sees the new user as `data` and as `auth`. Without the rule everybody may, but
 * nobody brings values of their own along (contract semantics.md 6.7; http.md 3.9). The admin is
 * never asked.
 */
export async function checkSignUp(
  { takeTokens }: Engine,
  { tx, app, schema }: SystemWrite,
  { id, email, extraFields, rules, requestOrigin }: SignUp & SignUpRules,
): Promise<void> {
  const rule = rules.signUpRule()
  if (!rule) {
    if (Object.keys(extraFields).length > 0) throw permissionDenied(['$users', 'create'])
    return
  }
  const values = { ...extraFields, ...(email !== null && { email }) }
  const user: User = { id, createdAtMs: 0, values }
  const actor = { kind: 'user', user } as const
  const asking = { app, actor, requestOrigin, ruleParams: null, isDebug: false }
  const judge = createJudge(createJudgeContext(takeTokens, asking, { tx, schema, rules }))
  const data = { ...values, id }
  const owners = { data: { namespace: '$users', id } }
  const [verdict] = await judge.judge(rule, [{ inputs: { data, newData: data }, owners }])
  if (!verdict?.passes) throw permissionDenied(['$users', 'create'])
}

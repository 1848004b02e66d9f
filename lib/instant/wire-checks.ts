import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { extraKey } from '@/lib/model/extra-key'
import { ruleExtra, toExplanation, whereOf } from '@/lib/model/rule-hint'
import type { AppliedRule, DryRun, RuleCheck } from '@/lib/model/transaction'

const json: z.ZodType<Json, Json> = z.json()
const jsonObject = z.custom<JsonObject>(isJsonObject).nullish().catch(null)
const text = z.string().nullish().catch(null)

const wireCheck = z.object({
  scope: z.string(),
  action: z.string(),
  etype: z.string(),
  eid: text,
  bindings: z.object({ data: jsonObject, 'new-data': jsonObject }).nullish().catch(null),
  program: z.object({ code: text, 'display-code': text }).nullish().catch(null),
  'check-result': json.optional(),
  'check-pass?': z.boolean(),
  [extraKey]: ruleExtra,
})

/** The answer of a dry run (contract http.md 4.6), as far as the dashboard reads it. */
export const wireDryRun = z.object({
  'all-checks-ok?': z.boolean(),
  'check-results': z.array(wireCheck),
})

export function toDryRun(wire: z.infer<typeof wireDryRun>): DryRun {
  return { isAllowed: wire['all-checks-ok?'], checks: wire['check-results'].map(toCheck) }
}

function toCheck(wire: z.infer<typeof wireCheck>): RuleCheck {
  return {
    scope: wire.scope,
    action: wire.action,
    namespace: wire.etype,
    id: wire.eid ?? null,
    isAllowed: wire['check-pass?'],
    value: wire['check-result'] ?? null,
    rule: toRule(wire),
    data: wire.bindings?.data ?? null,
    newData: wire.bindings?.['new-data'] ?? null,
    explanation: toExplanation(wire[extraKey]),
  }
}

function toRule(wire: z.infer<typeof wireCheck>): AppliedRule | null {
  const code = wire.program?.['display-code'] ?? wire.program?.code
  return code === undefined || code === null ? null : { code, ...whereOf(wire[extraKey]) }
}

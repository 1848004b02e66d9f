import type { QueryCheck, RowCheck } from '@/backend/operations/check-query'
import type { TransactionCheck } from '@/backend/operations/check-transaction'
import { extraKey } from '@/backend/operations/extra-key'
import { explainRule, toWireExplanation } from '@/backend/operations/judging/explain-check'
import type { Verdict } from '@/backend/operations/judging/judge'
import type { JudgedCheck } from '@/backend/operations/judging/judge-checks'
import type { CompiledRule } from '@/backend/rules/compile-rules'
import type { JsonObject } from '@/lib/base/json'

/** Most checks of one answer that come with an explanation: each is as long as its rule and row. */
export const maxExplained = 1_000

/** The answer of `POST /admin/query_perms_check` (contract http.md 4.5). */
export function toWireQueryCheck({ result, checks, limit, isComplete }: QueryCheck): JsonObject {
  return {
    'check-results': checks.map(toWireRowCheck),
    result,
    'rule-wheres': null,
    [extraKey]: { entityLimit: limit, isComplete, ...explainedCount(checks.length) },
  }
}

function toWireRowCheck(check: RowCheck, index: number): JsonObject {
  const { namespace, id, label, record, rule, value } = check
  return {
    id,
    entity: namespace,
    label,
    record,
    program: toWireProgram(rule),
    check: value,
    [extraKey]: toWireWhy(check, index),
  }
}

/** The answer of `POST /admin/transact_perms_check` (contract http.md 4.6). */
export function toWireTransactionCheck(checked: TransactionCheck): JsonObject {
  const { txId, areAllPassed, isCommitted, checks } = checked
  return {
    'tx-id': txId,
    'all-checks-ok?': areAllPassed,
    'committed?': isCommitted,
    'check-results': checks.map(toWireJudgedCheck),
    [extraKey]: explainedCount(checks.length),
  }
}

function toWireJudgedCheck(judged: JudgedCheck, index: number): JsonObject {
  const { check, value, passes, verdict } = judged
  const { scope, action, namespace, id, rule, phase } = check
  return {
    scope,
    action,
    etype: namespace,
    ...(scope === 'object' && { eid: id }),
    bindings: toWireBindings(judged),
    program: toWireProgram(rule),
    'check-result': value,
    'check-pass?': passes,
    [extraKey]: { phase, ...toWireWhy({ rule, verdict }, index) },
  }
}

function toWireBindings({ check, bindings }: JudgedCheck): JsonObject {
  const { data, newData, linkedData } = bindings
  const { scope, ruleParams, modifiedFields, linked, actions } = check
  if (scope === 'attr') return { data }
  return {
    data,
    'new-data': newData,
    'rule-params': ruleParams,
    ...(modifiedFields && { 'modified-fields': modifiedFields }),
    ...(linked && { 'linked-data': linkedData, 'linked-etype': linked.namespace }),
    ...(actions && { actions: { ...actions } }),
  }
}

function toWireProgram(rule: CompiledRule | null): JsonObject {
  if (!rule?.program.ok) return {}
  const { code, text } = rule.program.data
  return {
    etype: rule.namespace,
    action: rule.action,
    code,
    'display-code': rule.displayCode ?? text,
  }
}

/** Which rule was used, and how it came to its value. */
function toWireWhy(
  { rule, verdict }: { readonly rule: CompiledRule | null; readonly verdict: Verdict | null },
  index: number,
): JsonObject {
  const explanation = verdict && index < maxExplained ? verdict.explain() : null
  return { ...explainRule(rule), ...(explanation && toWireExplanation(explanation)) }
}

function explainedCount(checks: number): JsonObject {
  return { checks, explained: Math.min(checks, maxExplained), explanationLimit: maxExplained }
}

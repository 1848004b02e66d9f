import type { CompiledRule } from '@/backend/rules/compile-rules'
import { permissionDenied } from '@/backend/rules/rule-error'
import type { Json } from '@/lib/base/json'
import { must } from '@/lib/base/must'
import type { ForecastRow } from '../../transact/forecast'
import type { Judge, Subject, Verdict } from './judge'
import type { ScopeOf } from './judge-context'
import type { Check } from './plan-checks'
import type { Entity, FindRow } from './write-state'

/** What a rule of a write was shown. */
export interface Bindings {
  readonly data: ForecastRow
  readonly newData: ForecastRow
  readonly linkedData: ForecastRow
}

/** A check that has been made. */
export interface JudgedCheck {
  readonly check: Check
  readonly bindings: Bindings
  /** The value of the rule, true where there is none. */
  readonly value: Json
  readonly passes: boolean
  /** Null where there is no rule. */
  readonly verdict: Verdict | null
}

interface Bound {
  readonly check: Check
  readonly bindings: Bindings
}

/** Rows before and after the write; what is not known after it yet is null. */
export interface KnownRows {
  readonly before: FindRow
  readonly after: FindRow
}

/**
 * Makes the checks of a phase, all of one rule at once, and answers in their order. A rule that
 * fails on one of them fails the request; whether one denies is for the caller to see to.
 */
export async function judgeChecks(
  { judge, scopeOf }: { readonly judge: Judge; readonly scopeOf: ScopeOf },
  checks: readonly Check[],
  rows: KnownRows,
): Promise<readonly JudgedCheck[]> {
  const bound = checks.flatMap((check) => bind(check, rows) ?? [])
  const byRule = new Map<CompiledRule, Bound[]>()
  for (const each of bound) {
    const { rule } = each.check
    if (!rule) continue
    const group = byRule.get(rule)
    if (group) group.push(each)
    else byRule.set(rule, [each])
  }
  const verdicts = new Map<Bound, Verdict>()
  for (const [rule, group] of byRule) {
    const found = await judge.judge(
      rule,
      group.map((each) => toSubject(each, scopeOf)),
    )
    group.forEach((each, index) => {
      verdicts.set(each, must(found[index], 'there is an answer to every question'))
    })
  }
  return bound.map((each) => {
    const verdict = verdicts.get(each) ?? null
    return verdict
      ? { ...each, verdict, value: verdict.value, passes: verdict.passes }
      : { ...each, verdict, value: true, passes: true }
  })
}

/** Refuses the transaction at the first check that does not pass (contract semantics.md 6.5). */
export function requirePassed(judged: readonly JudgedCheck[]): void {
  const denied = judged.find(({ passes }) => !passes)
  if (!denied) return
  const { namespace, scope } = denied.check
  throw permissionDenied([namespace, scope])
}

/** Null for a check that is only made of a row that is there, when none is. */
function bind(check: Check, { before, after }: KnownRows): Bound | null {
  const isBefore = check.phase === 'before'
  const data = isBefore ? before(check) : after(check)
  if (check.isOptional && !data) return null
  const newData = isBefore ? check.newData : data
  const linkedData = check.linked && (check.linked.row ?? after(check.linked))
  return { check, bindings: { data, newData, linkedData } }
}

function toSubject({ check, bindings }: Bound, scopeOf: ScopeOf): Subject {
  const { action, linked, actions, modifiedFields } = check
  const { data, newData, linkedData } = bindings
  const showsNewData = action !== 'view' && action !== 'delete'
  return {
    inputs: {
      data,
      ...(showsNewData && { newData }),
      ...(linked && { linkedData }),
      ...(actions && { actions }),
      ...(modifiedFields && { modifiedFields }),
    },
    owners: {
      data: data && ownerOf(check),
      linkedData: linked && linkedData && ownerOf(linked),
    },
    scope: scopeOf(check.ruleParams),
  }
}

function ownerOf({ namespace, id }: Entity): Entity {
  return { namespace, id }
}

import type { CompiledRules } from '@/backend/rules/compile-rules'
import type { AttrDraft } from '@/backend/schema/draft'
import { toWireAttr } from '@/backend/schema/wire'
import type { Json } from '@/lib/base/json'
import type { AttrStep } from '../../transact/step'
import type { Judge } from './judge'
import type { JudgedCheck } from './judge-checks'
import type { Check } from './plan-checks'

/** Asks `attrs.create` about every attribute that a transaction makes (contract semantics.md 6.5). */
export async function judgeNewAttrs(
  { judge, rules }: { readonly judge: Judge; readonly rules: CompiledRules },
  drafts: readonly AttrDraft[],
): Promise<readonly JudgedCheck[]> {
  const rule = rules.rule('attrs', 'create')
  const attrs = drafts.map(toWireAttr)
  const subjects = attrs.map((data) => ({
    inputs: { data, newData: data },
    owners: { data: null },
  }))
  const verdicts = rule ? await judge.judge(rule, subjects) : []
  return attrs.map((data, index): JudgedCheck => {
    const verdict = verdicts[index] ?? null
    return {
      check: { ...attrCheck(data.id ?? null), action: 'create', rule },
      bindings: { data, newData: data, linkedData: null },
      value: verdict ? verdict.value : true,
      passes: verdict ? verdict.passes : true,
      verdict,
    }
  })
}

/** A step that deletes an attribute, or brings it back. */
export type AttrRemoval = Exclude<AttrStep, { readonly kind: 'add-attr' }>

/** Only an admin may delete or restore an attribute: no rule is asked (contract semantics.md 6.5). */
export function denyAttrChange({ kind, id }: AttrRemoval): JudgedCheck {
  const action = kind === 'delete-attr' ? 'delete' : 'restore'
  return {
    check: { ...attrCheck(id), action, rule: null },
    bindings: { data: { id }, newData: null, linkedData: null },
    value: false,
    passes: false,
    verdict: null,
  }
}

function attrCheck(id: Json): Omit<Check, 'action' | 'rule'> {
  return {
    scope: 'attr',
    namespace: 'attrs',
    id: String(id),
    phase: 'before',
    ruleParams: null,
    modifiedFields: null,
    newData: null,
    linked: null,
    actions: null,
    isOptional: false,
  }
}

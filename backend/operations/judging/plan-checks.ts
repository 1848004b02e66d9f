import type { CompiledRule, CompiledRules } from '@/backend/rules/compile-rules'
import type { Action } from '@/backend/rules/environment'
import type { JsonObject } from '@/lib/base/json'
import type { ForecastRow } from '../../transact/forecast'
import type { Op, OpOf } from '../../transact/op'
import { type Entity, keyOf, subjectOf, type WriteState } from './write-state'

/** A question that a write asks of a rule (contract semantics.md 6.5). */
export interface Check extends Entity {
  /** For an attribute the namespace is `attrs`. */
  readonly scope: 'object' | 'attr'
  /** Rows that were there are judged before anything is written, those that were not after it. */
  readonly phase: 'before' | 'after'
  readonly action: Action | 'restore'
  /** Null: allowed, but listed. */
  readonly rule: CompiledRule | null
  readonly ruleParams: JsonObject | null
  /** Null where a rule is told of none. */
  readonly modifiedFields: readonly string[] | null
  /** The row as it will be, for checks before the write that show one. */
  readonly newData: ForecastRow
  /** The entity at the other end of a link, and its row as far as it is known before the write. */
  readonly linked: (Entity & { readonly row: ForecastRow }) | null
  readonly actions: LinkActions | null
  /** Asked only if the row turns out to be there: an id that nothing is known of has no rule. */
  readonly isOptional: boolean
}

type ActionOnSide = 'create' | 'update'

interface LinkActions {
  readonly data: ActionOnSide
  readonly linkedData: ActionOnSide
}

interface Context {
  readonly rules: CompiledRules
  readonly state: WriteState
}

/**
 * The checks that the ops of a transaction need, but for what cascades, in the order of the steps
 * and each once (contract semantics.md 6.5; http.md 5.10).
 */
export function planChecks(context: Context, ops: readonly Op<string>[]): readonly Check[] {
  return distinctChecks(ops.flatMap((op) => checksOf(context, op)))
}

/** The checks without those that ask the same of the same rule again. */
export function distinctChecks(checks: readonly Check[]): readonly Check[] {
  // A future is one object, however many checks show it, so it need not be written down each time.
  const futures = new Map<ForecastRow, number>()
  const numberOf = (row: ForecastRow) => {
    const known = futures.get(row) ?? futures.size
    futures.set(row, known)
    return known
  }
  return [
    ...new Map(checks.map((check) => [identity(check, numberOf(check.newData)), check])).values(),
  ]
}

function checksOf(context: Context, op: Op<string>): readonly Check[] {
  switch (op.kind) {
    case 'put':
      return putChecks(context, op)
    case 'link':
    case 'unlink':
      return linkChecks(context, op)
    case 'delete':
      return [deletionCheck(context, subjectOf(op), context.state.params(subjectOf(op)))]
    // A merge comes with a put, which is judged for both.
    case 'merge':
    case 'params':
      return []
  }
}

/** The check of a deletion, with the parameters that the entity has or inherits. */
export function deletionCheck(
  { rules }: Pick<Context, 'rules'>,
  entity: Entity,
  ruleParams: JsonObject | null,
): Check {
  const rule = rules.rule(entity.namespace, 'delete')
  return { ...entity, ...plain, phase: 'before', action: 'delete', rule, ruleParams }
}

function putChecks(context: Context, op: OpOf<'put', string>): readonly Check[] {
  const entity = subjectOf(op)
  const ruleParams = context.state.params(entity)
  if (!context.state.before(entity)) return [creationCheck(context, entity, ruleParams)]
  // A look-up before a link changes nothing of a row that is there: its link is what is judged.
  return op.isImplicit ? [] : updateChecks(context, entity, ruleParams)
}

function creationCheck(
  { rules, state }: Context,
  entity: Entity,
  ruleParams: JsonObject | null,
): Check {
  return {
    ...entity,
    ...plain,
    phase: 'after',
    action: 'create',
    rule: rules.rule(entity.namespace, 'create'),
    ruleParams,
    modifiedFields: state.modifiedFields(entity),
  }
}

function updateChecks(
  { rules, state }: Context,
  entity: Entity,
  ruleParams: JsonObject | null,
): readonly Check[] {
  return state.futures(entity).map((newData) => ({
    ...entity,
    ...plain,
    phase: 'before',
    action: 'update',
    rule: rules.rule(entity.namespace, 'update'),
    ruleParams,
    modifiedFields: state.modifiedFields(entity),
    newData,
  }))
}

/** Rules for the link itself, on either side, stand in for those of the rows at its ends. */
function linkChecks(context: Context, op: OpOf<'link' | 'unlink', string>): readonly Check[] {
  const { forward, reverse } = op.attr
  const from = { namespace: forward.namespace, id: op.from }
  const to = { namespace: reverse.namespace, id: op.to }
  const sides = [
    { side: from, other: to, label: forward.label },
    { side: to, other: from, label: reverse.label },
  ].flatMap(({ side, other, label }) => {
    const rule = context.rules.linkRule(side.namespace, op.kind, label)
    return rule ? [{ side, other, rule }] : []
  })
  if (sides.length > 0) {
    return sides.flatMap((each) => ruledLinkChecks(context, { ...each, action: op.kind }))
  }
  return [...holderChecks(context, { from, to, action: op.kind }), viewCheck(context, { to, from })]
}

interface RuledSide {
  readonly side: Entity
  readonly other: Entity
  readonly rule: CompiledRule
  readonly action: 'link' | 'unlink'
}

function ruledLinkChecks(
  { state }: Context,
  { side, other, rule, action }: RuledSide,
): readonly Check[] {
  const existed = state.before(side) !== null
  const otherRow = state.before(other)
  const actionOn = (row: ForecastRow) => (row ? 'update' : 'create')
  const futures = existed ? state.futures(side) : [null]
  return futures.map((newData) => ({
    ...side,
    ...plain,
    phase: existed ? 'before' : 'after',
    action,
    rule,
    ruleParams: state.params(side, other),
    newData,
    linked: { ...other, row: otherRow ?? (existed ? (state.futures(other)[0] ?? null) : null) },
    actions:
      action === 'link'
        ? { data: actionOn(state.before(side)), linkedData: actionOn(otherRow) }
        : null,
    isOptional: true,
  }))
}

/** Without a rule for the link, changing it is changing the row that holds it. */
function holderChecks(
  context: Context,
  { from, to, action }: { from: Entity; to: Entity; action: 'link' | 'unlink' },
): readonly Check[] {
  const ruleParams = context.state.params(from, to)
  if (context.state.before(from)) return updateChecks(context, from, ruleParams)
  // Nothing can be unlinked from a row that is not there.
  return action === 'link' ? [creationCheck(context, from, ruleParams)] : []
}

function viewCheck(
  { rules, state }: Context,
  { to, from }: { readonly to: Entity; readonly from: Entity },
): Check {
  return {
    ...to,
    ...plain,
    phase: state.before(to) ? 'before' : 'after',
    action: 'view',
    rule: rules.rule(to.namespace, 'view'),
    ruleParams: state.params(to, from),
    isOptional: true,
  }
}

const plain = {
  scope: 'object',
  modifiedFields: null,
  newData: null,
  linked: null,
  actions: null,
  isOptional: false,
} as const

/** The row before goes without saying: the entity has but one. */
function identity(check: Check, future: number): string {
  const { phase, action, rule, ruleParams, modifiedFields, linked, actions } = check
  const other = linked && keyOf(linked)
  return JSON.stringify([
    [phase, action, keyOf(check), rule?.path, other, actions],
    [ruleParams, modifiedFields, future],
  ])
}

import { isDeepStrictEqual } from 'node:util'
import type { CompiledRules } from '@/backend/rules/compile-rules'
import type { AppKey } from '@/backend/schema/attr'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import { findCascades, findDoomed } from '@/backend/store/find-cascades'
import { groupOps } from '../../transact/group'
import type { Op } from '../../transact/op'
import { refuseDeletion } from '../../transact/system-rows'
import { type Check, deletionCheck } from './plan-checks'
import { toEntityKey } from './row-reader'
import { type Entity, keyOf, subjectOf, type WriteState } from './write-state'

interface Context {
  readonly tx: Queryable
  readonly app: AppKey
  readonly schema: Schema
  readonly rules: CompiledRules
  readonly state: WriteState
}

/**
 * The checks of deletions and of all that goes with them. What cascades inherits the parameters of
 * the entity whose deletion takes it along (contract semantics.md 6.5).
 */
export async function planDeletions(
  { tx, app, schema, rules, state }: Context,
  ops: readonly Op<string>[],
): Promise<readonly Check[]> {
  const targets = ops.flatMap((op) =>
    op.kind === 'delete' ? (toEntityKey(schema, subjectOf(op)) ?? []) : [],
  )
  const cascades = findCascades(
    schema,
    targets.map(({ namespace }) => namespace),
  )
  if (cascades.length === 0) return []
  const doomed = await findDoomed(
    tx,
    { app, cascades },
    { targets, own: ownParams(schema, state, ops) },
  )
  const names = new Map(schema.namespaces.map((name) => [schema.namespaceKey(name), name]))
  return doomed.flatMap(({ namespace: key, id, params }) => {
    const namespace = names.get(key)
    if (namespace === undefined) return []
    refuseDeletion(namespace)
    const own = state.params({ namespace, id })
    // SQL hands the same parameters back in another order.
    const inherited = Object.keys(params).length > 0 ? params : null
    const ruleParams = isDeepStrictEqual(own, inherited) ? own : inherited
    return [deletionCheck({ rules }, { namespace, id }, ruleParams)]
  })
}

function ownParams(schema: Schema, state: WriteState, ops: readonly Op<string>[]) {
  const named = ops.filter((op) => op.kind === 'params').map(subjectOf)
  const distinct = new Map<string, Entity>(named.map((entity) => [keyOf(entity), entity]))
  return [...distinct.values()].flatMap((entity) => {
    const key = toEntityKey(schema, entity)
    const params = state.params(entity)
    return key && params ? [{ ...key, params }] : []
  })
}

/**
 * Whether links that deletions follow are changed before the deletions are run: what cascades then
 * shows only when the links have been written.
 */
export function movesCascades(ops: readonly Op<string>[]): boolean {
  const groups = groupOps(ops)
  const first = groups.findIndex(({ kind }) => kind === 'delete')
  return groups.slice(0, Math.max(first, 0)).some((group) => {
    const links = group.kind === 'set' ? group.links : group.kind === 'retract' ? group.ops : []
    return links.some(({ attr }) => attr.onDelete !== null || attr.onDeleteReverse !== null)
  })
}

import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '@/lib/base/json'
import { type ForecastRow, forecast, outcome, type RowOp } from '../../transact/forecast'
import type { Op } from '../../transact/op'

/** An entity by the name of its namespace. */
export interface Entity {
  readonly namespace: string
  readonly id: string
}

/** Rows by entity; null for one that is not there. */
export type FindRow = (entity: Entity) => ForecastRow

/** What a transaction is about: rows as they are and as they will be, and what rules are told. */
export interface WriteState {
  readonly before: FindRow
  /**
   * The row as the steps leave it, in the order given. Where running them group by group leaves
   * another row behind, that one too: a rule must not be shown a future that never comes.
   */
  futures(entity: Entity): readonly ForecastRow[]
  /** Labels that the steps set, links included and `id` not (contract http.md 5.10). */
  modifiedFields(entity: Entity): readonly string[]
  /** Parameters for rules that judge the entity; with `other`, also what that one brings along. */
  params(entity: Entity, other?: Entity): JsonObject | null
}

/** The state of a transaction of these ops, before anything is written. */
export function createWriteState(ops: readonly Op<string>[], before: FindRow): WriteState {
  const own = new Map<string, RowOp[]>()
  const given = new Map<string, JsonObject>()
  for (const op of ops) {
    const key = keyOf(subjectOf(op))
    if (op.kind === 'params') {
      given.set(key, { ...given.get(key), ...op.params })
      continue
    }
    const list = own.get(key)
    if (list) list.push(op)
    else own.set(key, [op])
  }
  const futures = new Map<string, readonly ForecastRow[]>()
  const fields = new Map<string, readonly string[]>()
  return {
    before,
    futures(entity) {
      const key = keyOf(entity)
      const known = futures.get(key) ?? foresee(before(entity), entity.id, own.get(key) ?? [])
      futures.set(key, known)
      return known
    },
    modifiedFields(entity) {
      const key = keyOf(entity)
      const known = fields.get(key) ?? [...new Set((own.get(key) ?? []).flatMap(labelsOf))]
      fields.set(key, known)
      return known
    },
    params(entity, other) {
      const mine = given.get(keyOf(entity))
      const theirs = other && given.get(keyOf(other))
      return mine || theirs ? { ...theirs, ...mine } : null
    },
  }
}

/** The entity whose row an op changes: for links the one on the forward side. */
export function subjectOf(op: Op<string>): Entity {
  return op.kind === 'link' || op.kind === 'unlink'
    ? { namespace: op.attr.forward.namespace, id: op.from }
    : { namespace: op.namespace, id: op.entity }
}

/** All entities that some rule may look at because of an op. */
export function entitiesOf(op: Op<string>): readonly Entity[] {
  return op.kind === 'link' || op.kind === 'unlink'
    ? [subjectOf(op), { namespace: op.attr.reverse.namespace, id: op.to }]
    : [subjectOf(op)]
}

/** A map key for an entity. */
export function keyOf({ namespace, id }: Entity): string {
  return `${namespace} ${id}`
}

function foresee(row: ForecastRow, id: string, ops: readonly RowOp[]): readonly ForecastRow[] {
  const told = forecast(row, id, ops)
  const real = outcome(row, id, ops)
  return real === null || isDeepStrictEqual(told, real) ? [told] : [told, real]
}

function labelsOf(op: RowOp): readonly string[] {
  switch (op.kind) {
    case 'put':
    case 'merge':
      return op.values.map(([{ forward }]) => forward.label)
    case 'link':
    case 'unlink':
      return [op.attr.forward.label]
    case 'delete':
      return []
  }
}

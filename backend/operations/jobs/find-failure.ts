import type { AppKey, Attr } from '@/backend/schema/attr'
import type { JobFailure } from '@/backend/schema/job'
import type { ConstraintStep } from '@/backend/schema/plan-step'
import type { Schema } from '@/backend/schema/schema'
import type { Queryable } from '@/backend/store/database'
import {
  findDuplicates,
  findTooLarge,
  findWithout,
  findWrongTypes,
} from '@/backend/store/find-violations'

interface Context {
  readonly app: AppKey
  readonly schema: Schema
}

/**
 * The values that stand in the way of a constraint, of all that are stored; null when there are none
 * (contract semantics.md 8; http.md 6.15). `to` is the attribute as it would be.
 */
export async function findFailure(
  tx: Queryable,
  context: Context,
  { step, to }: { readonly step: ConstraintStep; readonly to: Attr },
): Promise<JobFailure | null> {
  switch (step.type) {
    case 'index':
      return tooLarge(tx, context, to)
    case 'unique':
      return (await tooLarge(tx, context, to)) ?? notUnique(tx, context, to)
    case 'required':
      return missing(tx, context, to)
    case 'check-data-type':
      return (await wrongType(tx, context, to)) ?? (to.isUnique ? notUnique(tx, context, to) : null)
    case 'remove-index':
    case 'remove-unique':
    case 'remove-required':
    case 'remove-data-type':
      return null
  }
}

async function tooLarge(tx: Queryable, context: Context, attr: Attr): Promise<JobFailure | null> {
  const sample = attr.kind === 'data' ? await findTooLarge(tx, context, attr) : []
  return sample.length > 0 ? { error: 'triple-too-large-error', sample } : null
}

async function notUnique(tx: Queryable, context: Context, attr: Attr): Promise<JobFailure | null> {
  const sample = await findDuplicates(tx, context, attr)
  if (!sample[0]) return null
  return { error: 'triple-not-unique-error', sample, notUnique: sample[0].value }
}

async function wrongType(tx: Queryable, context: Context, attr: Attr): Promise<JobFailure | null> {
  if (attr.kind !== 'data' || attr.checkedType === null) return null
  const sample = await findWrongTypes(tx, context, { attr, type: attr.checkedType })
  return sample.length > 0 ? { error: 'invalid-triple-error', sample } : null
}

async function missing(tx: Queryable, context: Context, attr: Attr): Promise<JobFailure | null> {
  const { count, ids } = await findWithout(tx, context, attr)
  if (count === 0) return null
  return {
    error: 'missing-required-error',
    sample: ids.map((entityId) => ({ entityId, value: null })),
    data: {
      count,
      etype: attr.forward.namespace,
      label: attr.forward.label,
      'entity-ids': ids,
    },
  }
}

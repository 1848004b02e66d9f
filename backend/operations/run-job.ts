import type { AppKey, Attr } from '@/backend/schema/attr'
import { constrainAttr } from '@/backend/schema/change-attr'
import type { JobFailure } from '@/backend/schema/job'
import type { ConstraintStep } from '@/backend/schema/plan-step'
import type { Schema } from '@/backend/schema/schema'
import { alterAttr } from '@/backend/store/alter-attr'
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
 * Sets a constraint of an attribute, or answers with the values that stand in its way and leaves
 * the attribute as it was. Removing one always works (contract semantics.md 8; http.md 6.15).
 */
export async function runJob(
  tx: Queryable,
  { app, schema }: Context,
  step: ConstraintStep,
): Promise<JobFailure | null> {
  const attr = schema.attrById(step.attrId)
  if (attr?.catalog !== 'user') return { error: 'invalid-attr-state-error', sample: [] }
  const to = constrainAttr(attr, step)
  const failure = await findFailure(tx, { app, schema }, { step, to })
  if (!failure) await alterAttr(tx, { app, schema }, { from: attr, to })
  return failure
}

async function findFailure(
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

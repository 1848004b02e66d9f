import { type Attr, type DataAttr, indexColumn, type NamespaceKey } from '@/backend/schema/attr'
import type { ConstraintStep } from '@/backend/schema/plan-step'
import type { Queryable } from '@/backend/store/database'
import { hasViolation, type Violation } from '@/backend/store/find-violations'
import { nextIds, remakeIndexRows } from '@/backend/store/index-rows'
import { takeNoted } from '@/backend/store/job-entities'
import type { OpenJob } from '@/backend/store/jobs'
import { batchSize, type JobContext } from './job-work'

/** How far a scan has come. */
export interface Scanned {
  /** An entity is in the way of the constraint. */
  readonly isRefused: boolean
  readonly cursor: string | null
  readonly count: number
  /** All entities have been looked at, and those that have changed since once more. */
  readonly isThrough: boolean
}

/**
 * Looks at the next entities, and at all that have changed since they were looked at; of an attribute
 * that will be indexed it makes their index rows.
 */
export async function scanSome(
  tx: Queryable,
  context: JobContext,
  {
    job,
    namespace,
    to,
  }: {
    readonly job: OpenJob
    readonly namespace: NamespaceKey
    readonly to: Attr
  },
): Promise<Scanned> {
  const { app } = context
  const noted = await takeNoted(tx, job.seq)
  const page = { after: job.cursor, limit: batchSize }
  const next = await nextIds(tx, { app, namespace }, page)
  const ids = [...new Set([...noted, ...next])]
  const violation = violationOf(job.step)
  const isRefused =
    (violation !== null && (await hasViolation(tx, context, { attr: to, violation, ids }))) ||
    (to.kind === 'data' &&
      job.indexKey !== null &&
      !(await remakeIndexRows(tx, { app, namespace, ids }, { ...to, indexKey: job.indexKey })))
  return {
    isRefused,
    cursor: next.at(-1) ?? job.cursor,
    count: next.length,
    isThrough: next.length < batchSize,
  }
}

/** Whether it takes a look at every entity to make the one attribute of the other. */
export function needsScan(step: ConstraintStep, from: Attr, to: Attr): boolean {
  if (from.forward.label === 'id') return false
  if (from.kind === 'link') return step.type === 'required'
  return violationOf(step) !== null || needsRows(from, to)
}

/** Whether the index table has to have rows of another form for an attribute than it has. */
export function needsRows(from: Attr, to: Attr): boolean {
  return to.kind === 'data' && indexColumn(to) !== null && !hasSameRows(from, to)
}

/** Whether the rows that the index table has for one attribute, if any, do for the other. */
export function hasSameRows(from: Attr, to: Attr): boolean {
  if (from.kind === 'link' || to.kind === 'link') return true
  const [a, b] = [indexColumn(from), indexColumn(to)]
  return a === b && (a === null || hasSameForm(from, to))
}

function hasSameForm(from: DataAttr, to: DataAttr): boolean {
  return from.isUnique === to.isUnique && from.checkedType === to.checkedType
}

/** What no value may be; that two are alike shows when their index rows are made. */
function violationOf({ type, checkedType }: ConstraintStep): Violation | null {
  switch (type) {
    case 'index':
    case 'unique':
      return { kind: 'too-large' }
    case 'required':
      return { kind: 'missing' }
    case 'check-data-type':
      return checkedType && { kind: 'wrong-type', type: checkedType }
    case 'remove-index':
    case 'remove-unique':
    case 'remove-required':
    case 'remove-data-type':
      return null
  }
}

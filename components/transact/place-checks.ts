import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import type { Failure } from '@/lib/model/failure'
import { type AppSchema, findLink, findNamespace } from '@/lib/model/schema'
import type { RuleCheck, Step } from '@/lib/model/transaction'

/** The checks of a dry run by the step they are about. */
export interface PlacedChecks {
  /** One list per step, in the steps' order. */
  readonly ofSteps: readonly (readonly RuleCheck[])[]
  /** Of no step: what a deletion takes with it, new attributes. */
  readonly others: readonly RuleCheck[]
}

/**
 * Puts each check at the steps it judges. Instant tells the record and not the step, and judges all
 * steps of one record at once, so one check may stand at several.
 */
export function placeChecks(
  checks: readonly RuleCheck[],
  steps: readonly Step[],
  schema: AppSchema,
): PlacedChecks {
  const ofSteps = steps.map((step) => checksOf(step, checks, schema))
  const placed = new Set(ofSteps.flat())
  return { ofSteps, others: checks.filter((check) => !placed.has(check)) }
}

function checksOf(
  step: Step,
  checks: readonly RuleCheck[],
  schema: AppSchema,
): readonly RuleCheck[] {
  const found = checks.filter((check) => isOf(check, step, schema))
  // Where a rule for the link itself is asked, none for changing or seeing its ends is.
  const own = found.filter(({ action }) => action === step.action)
  const isLink = step.action === 'link' || step.action === 'unlink'
  return isLink && own.length > 0 ? own : found
}

function isOf(check: RuleCheck, step: Step, schema: AppSchema): boolean {
  if (check.scope !== 'object') return false
  switch (step.action) {
    case 'create':
    case 'update':
    case 'merge':
      return isSubject(check, step) && (check.action === 'create' || check.action === 'update')
    case 'delete':
      return isSubject(check, step) && check.action === 'delete'
    case 'link':
    case 'unlink':
      return check.action !== 'delete' && (isSubject(check, step) || isTarget(check, step, schema))
  }
}

function isSubject({ namespace, id, data, newData }: RuleCheck, step: Step): boolean {
  if (namespace !== step.namespace) return false
  const { subject } = step
  if (typeof subject === 'string') return id === subject
  const has = (record: JsonObject | null) =>
    record !== null && isEqual(record[subject.attribute], subject.value)
  return has(data) || has(newData)
}

function isTarget(
  { namespace, id }: RuleCheck,
  step: Extract<Step, { action: 'link' | 'unlink' }>,
  schema: AppSchema,
): boolean {
  const from = findNamespace(schema, step.namespace)
  return Object.entries(step.links).some(([label, ids]) => {
    const link = from && findLink(from, label)
    return link?.target === namespace && id !== null && ids.includes(id)
  })
}

function isEqual(a: Json | undefined, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The steps, by index, that a refusal of the backend is about; none when it does not say. */
export function blameSteps({ hint, message }: Failure, steps: readonly Step[]): readonly number[] {
  const told = isJsonObject(hint) ? hint : {}
  const places = Array.isArray(told.errors) ? told.errors.flatMap(placeOf) : []
  if (places.length > 0) return [...new Set(places.filter((index) => index < steps.length))]
  const isNamed = ({ subject }: Step) => typeof subject === 'string' && message.includes(subject)
  const named = steps.flatMap((step, index) => (isNamed(step) ? [index] : []))
  if (named.length > 0) return named
  return steps.flatMap((step, index) => (isBlamed(told, step) ? [index] : []))
}

// `in` begins with the index of the step.
function placeOf(error: Json): readonly number[] {
  const place = isJsonObject(error) && Array.isArray(error.in) ? error.in[0] : undefined
  return typeof place === 'number' ? [place] : []
}

function isBlamed(hint: JsonObject, step: Step): boolean {
  const namespace = hint.etype ?? hint.namespace ?? (Array.isArray(hint.input) && hint.input[0])
  if (namespace !== step.namespace) return false
  const name = hint.label ?? hint.attribute
  if (typeof name !== 'string') return true
  if (typeof step.subject === 'object' && step.subject.attribute === name) return true
  if ('values' in step) return name in step.values && isValue(hint, step.values[name])
  return 'links' in step && name in step.links
}

// The value that is taken is told as JSON, within a text.
function isValue({ value }: JsonObject, given: Json | undefined): boolean {
  if (value === undefined || given === undefined) return true
  return isEqual(value, given) || value === JSON.stringify(given)
}

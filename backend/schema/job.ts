import type { Json, JsonObject } from '@/lib/base/json'
import type { ConstraintStep } from './plan-step'

/** A value that stands in the way of a constraint. */
export interface OffendingValue {
  readonly entityId: string
  readonly value: Json
}

/** Why a constraint could not be set; the attribute is as it was then (contract http.md 6.15). */
export interface JobFailure {
  readonly error:
    | 'invalid-triple-error'
    | 'invalid-attr-state-error'
    | 'triple-not-unique-error'
    | 'triple-too-large-error'
    | 'missing-required-error'
  /** At most ten. */
  readonly sample: readonly OffendingValue[]
  readonly notUnique?: Json
  readonly data?: JsonObject
}

/** A constraint step that has been carried out, or refused by the values there are. */
export interface Job {
  readonly id: string
  readonly step: ConstraintStep
  readonly failure: JobFailure | null
}

/** A finished job as clients read it (contract http.md 6.15). */
export function toWireJob(
  { id, step, failure }: Job,
  { appId, groupId, at }: { readonly appId: string; readonly groupId: string; readonly at: string },
): JsonObject {
  return {
    id,
    app_id: appId,
    group_id: groupId,
    attr_id: step.attrId,
    attr_name: `${step.name.namespace}.${step.name.label}`,
    job_type: step.type,
    job_status: failure ? 'errored' : 'completed',
    job_stage: null,
    work_estimate: 1,
    work_completed: 1,
    error: failure?.error ?? null,
    checked_data_type: step.checkedType,
    created_at: at,
    updated_at: at,
    done_at: at,
    invalid_unique_value: failure?.notUnique ?? null,
    invalid_triples_sample: failure?.sample.map(toWireTriple) ?? null,
    error_data: failure?.data ?? null,
  }
}

function toWireTriple({ entityId, value }: OffendingValue): JsonObject {
  return { entity_id: entityId, value, json_type: jsonType(value) }
}

function jsonType(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value
}

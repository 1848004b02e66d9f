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
    | 'unexpected-error'
  /** At most ten. */
  readonly sample: readonly OffendingValue[]
  readonly notUnique?: Json
  readonly data?: JsonObject
}

export type JobStatus = 'waiting' | 'processing' | 'completed' | 'errored' | 'canceled'

/** A constraint step that is carried out in the background, as far as it has come. */
export interface Job {
  readonly id: string
  readonly groupId: string
  readonly step: ConstraintStep
  readonly status: JobStatus
  readonly failure: JobFailure | null
  /** How many entities have to be looked at, counted when it begins; null before that. */
  readonly estimate: number | null
  readonly completed: number
  /** To the second, in UTC, as all times here. */
  readonly createdAt: string
  readonly updatedAt: string
  readonly doneAt: string | null
}

/** A job as clients read it (contract http.md 6.15). */
export function toWireJob(job: Job, appId: string): JsonObject {
  const { step, failure } = job
  return {
    id: job.id,
    app_id: appId,
    group_id: job.groupId,
    attr_id: step.attrId,
    attr_name: `${step.name.namespace}.${step.name.label}`,
    job_type: step.type,
    job_status: job.status,
    job_stage: null,
    work_estimate: job.estimate,
    work_completed: job.completed,
    error: failure?.error ?? null,
    checked_data_type: step.checkedType,
    created_at: job.createdAt,
    updated_at: job.updatedAt,
    done_at: job.doneAt,
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

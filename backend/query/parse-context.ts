import type { ValidationIssue } from '@/backend/engine-error'
import type { JsonObject } from '@/lib/base/json'

/** Who asks, and with which document: some options are the admin's alone. */
export interface ParseContext {
  readonly source: JsonObject
  readonly isAdmin: boolean
  /** Conditions of a wrong form, which are told only when all else is in order. */
  readonly malformed: ValidationIssue[]
}

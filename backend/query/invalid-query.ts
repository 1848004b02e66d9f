import { type EngineError, type ValidationIssue, validationError } from '@/backend/engine-error'
import type { JsonObject } from '@/lib/base/json'

/** A query refused by its grammar or by the schema, with Instant's texts (semantics.md 3.2). */
export function invalidQuery(source: JsonObject, ...issues: ValidationIssue[]): EngineError {
  return validationError('query', source, issues)
}

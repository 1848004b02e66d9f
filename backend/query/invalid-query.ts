import { type EngineError, type ValidationIssue, validationError } from '@/backend/engine-error'
import type { JsonObject } from '@/lib/base/json'

/** A query refused by its grammar or by the schema, with Instant's texts (semantics.md 3.2). */
export function invalidQuery(source: JsonObject, ...issues: ValidationIssue[]): EngineError {
  return validationError('query', source, issues)
}

/**
 * A condition whose shape only Instant's later structural check refuses. The path is ours: the
 * contract leaves it open, since Instant's exposes internal positions.
 */
export function invalidCondition(
  source: JsonObject,
  expected: string,
  path: readonly (string | number)[],
): EngineError {
  return validationError('coerced-query', source, [{ expected, in: path }])
}

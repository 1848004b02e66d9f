import { type EngineError, validationError } from '@/backend/engine-error'
import type { Mode } from './step'

/** A step that wants something of its entity before the transaction. */
export interface ModeCheck {
  readonly mode: Exclude<Mode, null>
  readonly existed: boolean
  /** How the entity is printed: its id, or the look-up that stands for it. */
  readonly printed: string
  readonly facts: number
}

/**
 * A create wants an entity that was not there before the transaction, an update without upsert one
 * that was (contract semantics.md 5.3). The entity is named once for each fact of the step.
 */
export function checkModes(checks: readonly ModeCheck[]): void {
  const existing = checks.filter(({ mode, existed }) => mode === 'create' && existed)
  if (existing.length > 0) throw refusal('Creating entities that exist', existing)
  const absent = checks.filter(({ mode, existed }) => mode === 'update' && !existed)
  if (absent.length > 0) throw refusal("Updating entities that don't exist", absent)
}

function refusal(what: string, checks: readonly ModeCheck[]): EngineError {
  const ids = checks.flatMap(({ printed, facts }) => Array<string>(facts).fill(printed))
  return validationError('tx-step', ids, [{ message: `${what}: ${ids.join(', ')}` }])
}

import { EngineError } from '@/backend/engine-error'
import type { JsonObject } from '@/lib/base/json'
import type { SystemWrite } from './write-as-system'

/** An account that somebody is about to open for themselves. */
export interface SignUp {
  readonly id: string
  /** Null for a guest. */
  readonly email: string | null
  readonly extraFields: JsonObject
}

/**
 * Asks the rule `$users.create` whether the account may be opened; `$default` does not count for
 * it. Without the rule everybody may, but nobody brings values of their own along
 * (contract semantics.md 6.7; http.md 3.9). The admin is never asked.
 */
export async function checkSignUp(_write: SystemWrite, { extraFields }: SignUp): Promise<void> {
  if (Object.keys(extraFields).length === 0) return
  throw new EngineError('permission-denied', 'Permission denied: not perms-pass?', {
    input: ['$users', 'create'],
    expected: 'perms-pass?',
  })
}

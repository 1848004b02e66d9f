import { EngineError } from '@/backend/engine-error'
import type { Json } from '@/lib/base/json'
import { findUnstorable } from '@/lib/base/some-text'

/**
 * Refuses strings that Postgres cannot store: U+0000 and halves of surrogate pairs, in values as
 * well as in keys (contract semantics.md 5.6; http.md 1.6).
 */
export function refuseUnstorableText(input: Json): void {
  const found = findUnstorable(input)
  if (found === 'nul') throw unstorable('null bytes, which cannot be stored')
  if (found === 'surrogate') throw unstorable('characters that cannot be stored')
}

function unstorable(what: string): EngineError {
  return new EngineError('validation-failed', `A value in the transaction contains ${what}.`, {
    table: null,
    condition: 'untranslatable-character',
    constraint: null,
  })
}

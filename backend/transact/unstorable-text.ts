import { EngineError } from '@/backend/engine-error'
import { isJsonObject, type Json } from '@/lib/base/json'

/**
 * Refuses strings that Postgres cannot store: U+0000 and halves of surrogate pairs, in values as
 * well as in keys (contract semantics.md 5.6; http.md 1.6).
 */
export function refuseUnstorableText(input: Json): void {
  // Escapes show in the JSON text, so that a transaction without any is passed at the cost of one scan.
  const text = JSON.stringify(input)
  if (text.includes('\\u0000') && someText(input, (value) => value.includes('\0'))) {
    throw unstorable('null bytes, which cannot be stored')
  }
  if (text.includes('\\ud') && someText(input, (value) => /\p{Surrogate}/u.test(value))) {
    throw unstorable('characters that cannot be stored')
  }
}

function unstorable(what: string): EngineError {
  return new EngineError('validation-failed', `A value in the transaction contains ${what}.`, {
    table: null,
    condition: 'untranslatable-character',
    constraint: null,
  })
}

function someText(input: Json, test: (value: string) => boolean): boolean {
  if (typeof input === 'string') return test(input)
  if (Array.isArray(input)) return input.some((item: Json) => someText(item, test))
  if (!isJsonObject(input)) return false
  return Object.entries(input).some(([key, value]) => test(key) || someText(value, test))
}

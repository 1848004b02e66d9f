import { isJsonObject, type Json } from './json'

/** Whether any text in a JSON value passes the test, keys of objects included. */
function someText(input: Json, test: (text: string) => boolean): boolean {
  if (typeof input === 'string') return test(input)
  if (Array.isArray(input)) return input.some((item: Json) => someText(item, test))
  if (!isJsonObject(input)) return false
  return Object.entries(input).some(([key, value]) => test(key) || someText(value, test))
}

/** What Postgres cannot store in any text: U+0000, or half of a surrogate pair, which is no character. */
export type Unstorable = 'nul' | 'surrogate'

/** What of these is in any text of a JSON value, the first of them first; null when neither is. */
export function findUnstorable(input: Json): Unstorable | null {
  // Their escapes show in the JSON text, so that what has none is passed at the cost of one scan.
  const json = JSON.stringify(input)
  if (json.includes('\\u0000') && someText(input, (text) => text.includes('\0'))) return 'nul'
  if (json.includes('\\ud') && someText(input, (text) => /\p{Surrogate}/u.test(text))) {
    return 'surrogate'
  }
  return null
}

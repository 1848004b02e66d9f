import { isJsonObject, type Json } from './json'

/** Whether any text in a JSON value passes the test, keys of objects included. */
function someText(input: Json, test: (text: string) => boolean): boolean {
  if (typeof input === 'string') return test(input)
  if (Array.isArray(input)) return input.some((item: Json) => someText(item, test))
  if (!isJsonObject(input)) return false
  return Object.entries(input).some(([key, value]) => test(key) || someText(value, test))
}

/** Whether U+0000 is in any of its texts, which Postgres takes nowhere. */
export function hasNul(input: Json): boolean {
  // The escape shows in the JSON text, so that what has none is passed at the cost of one scan.
  return JSON.stringify(input).includes('\\u0000') && someText(input, (text) => text.includes('\0'))
}

/** Whether half of a surrogate pair is in any of its texts, which is no character. */
export function hasSurrogate(input: Json): boolean {
  return (
    JSON.stringify(input).includes('\\ud') && someText(input, (text) => /\p{Surrogate}/u.test(text))
  )
}

/**
 * The text form of a bound value, which the server reads as the type the statement gives it.
 * Both drivers bind this text, so a value means the same on each. Plain objects and `undefined`
 * are refused: JSON binds as text, and a missing value is `null`.
 */
export function encodeParameter(value: unknown): string | null {
  if (value === null) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (Array.isArray(value)) return encodeArray(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return encodeBytes(value)
  throw new TypeError(
    value === undefined
      ? 'A bound value is undefined; bind null for a missing value.'
      : 'A bound value is an object; bind JSON.stringify(value) and cast it to jsonb.',
  )
}

function encodeArray(values: readonly unknown[]): string {
  return `{${values.map(encodeElement).join(',')}}`
}

const escaped = /["\\]/
const everyEscaped = /["\\]/g

function encodeElement(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return encodeArray(value)
  const text = encodeParameter(value)
  if (text === null) return 'NULL'
  return typeof value === 'number' ? text : quote(text)
}

function quote(text: string): string {
  return escaped.test(text) ? `"${text.replace(everyEscaped, '\\$&')}"` : `"${text}"`
}

function encodeBytes(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}

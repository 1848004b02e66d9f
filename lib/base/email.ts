// Longer ones cannot be delivered to (RFC 5321), and a bound keeps the pattern's work small.
const maxLength = 254
const pattern =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i

/**
 * The one spelling of an e-mail address, without surrounding space and in lower case; null for
 * what is none. Only ASCII is taken, and that before lower-casing, which turns some other letters
 * into ASCII ones.
 */
export function normalizeEmail(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const email = value.trim()
  return email.length <= maxLength && pattern.test(email) ? email.toLowerCase() : null
}

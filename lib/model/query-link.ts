/**
 * Query texts as they stand in a URL: base64url of their UTF-8, which survives chat programs and
 * copying by hand. A text too long for that is named by its fingerprint, and kept elsewhere.
 */
export type QueryLink =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'kept'; readonly fingerprint: string }
  | { readonly kind: 'broken' }

/**
 * The longest text, in characters of its encoded form, that goes into a URL. A page's address
 * travels up to three times in the headers of a request (path, Referer, router state), and Node
 * refuses headers beyond 16 kB.
 */
export const maxLinkLength = 8_000

/** The URL form of a text, or null when it is longer than `maxLinkLength`. */
export function toQueryLink(text: string): string | null {
  const bytes = new TextEncoder().encode(text)
  if (Math.ceil((bytes.length * 4) / 3) > maxLinkLength) return null
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** The URL form of a text that is kept elsewhere under its fingerprint. */
export function toKeptLink(fingerprint: string): string {
  return `~${fingerprint}`
}

/** Reads what `toQueryLink` or `toKeptLink` wrote; anything else is `broken`, never an exception. */
export function parseQueryLink(link: string | null | undefined): QueryLink {
  if (!link) return { kind: 'none' }
  const kept = /^~([0-9a-z]{1,16})$/.exec(link)
  if (kept?.[1]) return { kind: 'kept', fingerprint: kept[1] }
  if (!/^[\w-]+$/.test(link) || link.length % 4 === 1) return { kind: 'broken' }
  const binary = atob(link.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  // Bytes that are no UTF-8 decode to U+FFFD, so they do not come back as they were.
  return toQueryLink(text) === link ? { kind: 'text', text } : { kind: 'broken' }
}

/** A short name for a text: equal texts have equal ones. Not a secret and not a checksum. */
export function fingerprintOf(text: string): string {
  let high = 0x811c9dc5
  let low = 0x1000193
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x85ebca6b) ^ (low >>> 13)
  }
  return (high >>> 0).toString(36) + (low >>> 0).toString(36)
}

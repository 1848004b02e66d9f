import { fingerprintOf, parseQueryLink, toKeptLink } from '@/lib/model/query-link'

const prefix = 'understudy:query:'

/** Keeps a text that is too long for an address in this tab, and names it for the address. */
export function keepText(text: string): string {
  const fingerprint = fingerprintOf(text)
  for (const key of Object.keys(sessionStorage)) {
    // A draft leaves one text per pause; only a few can be a station of Back.
    if (key.startsWith(prefix) && Object.keys(sessionStorage).length > 50) {
      sessionStorage.removeItem(key)
    }
  }
  sessionStorage.setItem(prefix + fingerprint, text)
  return toKeptLink(fingerprint)
}

/** The text an address names, or null when this tab has never seen it. */
export function keptText(link: string | null): string | null {
  const parsed = parseQueryLink(link)
  return parsed.kind === 'kept' ? sessionStorage.getItem(prefix + parsed.fingerprint) : null
}

import { createHash } from 'node:crypto'

/**
 * What is stored of a refresh token: the hash of the uuid's sixteen bytes, not of its text
 * (contract http.md 3.4).
 */
export function hashRefreshToken(token: string): string {
  const bytes = Buffer.from(token.replaceAll('-', ''), 'hex')
  return createHash('sha256').update(bytes).digest('hex')
}

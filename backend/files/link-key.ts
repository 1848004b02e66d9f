import { randomBytes } from 'node:crypto'

const keyBytes = 32

/** A new key to sign links with. */
export function newLinkKey(): Uint8Array {
  return randomBytes(keyBytes)
}

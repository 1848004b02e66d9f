import { createHmac, timingSafeEqual } from 'node:crypto'
import type { BlobKey } from './blob-store'

/** The part of a link that proves it is ours. */
export interface LinkProof {
  /** Seconds since the epoch. */
  readonly expires: number
  readonly signature: string
}

/** Makes links to the bytes of files, and tells whether one is its own and still good. */
export interface LinkSigner {
  /** The same for every moment of a day (UTC), so that answers to a query do not change. */
  sign(key: BlobKey, nowMs: number): LinkProof
  verify(key: BlobKey, proof: LinkProof, nowMs: number): boolean
}

const dayMs = 24 * 3_600_000
const lifetimeDays = 7

/** Links are signed as of the beginning of the day and last seven days from there. */
export function createLinkSigner(secret: Uint8Array): LinkSigner {
  const signatureOf = ({ appId, locationId }: BlobKey, expires: number) =>
    createHmac('sha256', secret).update(`file ${appId} ${locationId} ${expires}`).digest()
  return {
    sign(key, nowMs) {
      const expires = ((Math.floor(nowMs / dayMs) + lifetimeDays) * dayMs) / 1000
      return { expires, signature: signatureOf(key, expires).toString('base64url') }
    },
    verify(key, { expires, signature }, nowMs) {
      const given = Buffer.from(signature, 'base64url')
      const wanted = signatureOf(key, expires)
      const isOurs = given.length === wanted.length && timingSafeEqual(given, wanted)
      return isOurs && nowMs < expires * 1000
    },
  }
}

import { createHash, randomInt, timingSafeEqual } from 'node:crypto'

/** Six random digits. */
export function createCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0')
}

/** What is stored of a magic code (contract http.md 3.5). */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}

/** Whether two hashes are the same, in a time that does not tell how much of them is. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

import { createHash } from 'node:crypto'
import type { SqlError } from '../sql-error'

/**
 * Names for prepared statements, the same for the same text. `pg` never closes a statement and
 * Postgres refuses one whose columns have changed; so after a change of the schema all names are
 * new, and the old statements go with their connection.
 */
export class Plans {
  readonly #hashes = new Map<string, string>()
  #generation = 0

  name(text: string): string {
    return `u${this.#generation}_${this.#hashes.get(text) ?? this.#hash(text)}`
  }

  /** Another text may now have other columns. */
  forgetAll(): void {
    this.#generation += 1
  }

  #hash(text: string): string {
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    if (this.#hashes.size > 2_000) this.#hashes.clear()
    this.#hashes.set(text, hash)
    return hash
  }
}

/** "cached plan must not change result type": the statement is right, its plan is old. */
export function isStalePlan({ code, routine }: SqlError): boolean {
  return code === '0A000' && routine === 'RevalidateCachedQuery'
}

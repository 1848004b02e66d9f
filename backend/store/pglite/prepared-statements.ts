import type { Column } from './wire-reply'

export interface Prepared {
  readonly name: string
  /** Null for a statement without rows. */
  readonly columns: readonly Column[] | null
}

const limit = 256

/** The statements a connection has prepared, by text; the least recently used make room. */
export class PreparedStatements {
  readonly #byText = new Map<string, Prepared>()
  #abandoned: string[] = []
  #count = 0

  find(text: string): Prepared | null {
    const prepared = this.#byText.get(text)
    if (!prepared) return null
    this.#byText.delete(text)
    this.#byText.set(text, prepared)
    return prepared
  }

  nextName(): string {
    this.#count += 1
    return `s${this.#count}`
  }

  add(text: string, prepared: Prepared): void {
    this.#forget(text)
    this.#byText.set(text, prepared)
    const [oldest] = this.#byText.keys()
    if (this.#byText.size > limit && oldest !== undefined) this.#forget(oldest)
  }

  /** After a change of the schema the columns of any statement may be others. */
  clear(): void {
    for (const text of [...this.#byText.keys()]) this.#forget(text)
  }

  /** A name that may have been prepared although its statement failed. */
  abandon(name: string): void {
    this.#abandoned.push(name)
  }

  /** Names the server still has to close; they are handed out once. */
  takeAbandoned(): readonly string[] {
    if (this.#abandoned.length === 0) return this.#abandoned
    const names = this.#abandoned
    this.#abandoned = []
    return names
  }

  #forget(text: string): void {
    const prepared = this.#byText.get(text)
    if (prepared) this.#abandoned.push(prepared.name)
    this.#byText.delete(text)
  }
}

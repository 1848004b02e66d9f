/** A flush that is overdue by this much does not wait for the end of a running transaction. */
const longestWaitMs = 5
const largest = 64

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Commits that have happened but are not on disk yet. Their callers wait until one sync, shared
 * by all of them, has been done; so with many writers a sync is not the price of each.
 */
export class CommitGroup {
  readonly #sync: () => Promise<unknown>
  #waiting: Waiting[] = []
  #since = 0

  constructor(sync: () => Promise<unknown>) {
    this.#sync = sync
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  get isFull(): boolean {
    return this.#waiting.length >= largest
  }

  /** Resolves once a commit that has just been made without a sync is on disk. */
  join(): Promise<void> {
    if (this.isEmpty) this.#since = performance.now()
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  async flush(): Promise<void> {
    if (this.isEmpty) return
    try {
      await this.#sync()
      this.#release()
    } catch (error) {
      for (const { reject } of this.#waiting.splice(0)) reject(error)
    }
  }

  /** What a statement of another transaction has to wait for, if anything. */
  flushIfLate(): Promise<void> | null {
    if (this.isEmpty || performance.now() - this.#since < longestWaitMs) return null
    // A transaction that has failed refuses this too; then the flush after its end counts.
    return this.#sync().then(
      () => this.#release(),
      () => {},
    )
  }

  #release(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve()
  }
}

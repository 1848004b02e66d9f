import { EngineError } from '@/backend/engine-error'
import { allTopics, meets, type Topics } from '@/backend/schema/topics'

/** What asking has come to. */
export interface Asked<T> {
  readonly value: T
  /** The same for answers that are alike. */
  readonly print: string
  /** What meets none of these leaves the answer as it is. */
  readonly topics: Topics
}

/** An answer, or why there is none. */
export type Outcome<T> =
  | { readonly kind: 'answer'; readonly value: T; readonly print: string }
  | { readonly kind: 'error'; readonly error: unknown; readonly print: string }

/** One who follows a query. */
export interface Follower<T> {
  /**
   * The outcome as it is now, once it differs from the last one that was taken; null when following
   * has ended. What came and went in between is left out, so a slow follower misses steps and keeps
   * nobody waiting.
   */
  next(): Promise<Outcome<T> | null>
  close(): void
}

/** How a query is asked, and by what leave. */
export interface Asking<T> {
  readonly ask: () => Promise<Asked<T>>
  /** Runs work when it is its turn, so that many queries do not take all of the store at once. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>
  /** How long it is not asked again after a run, however much is written. */
  readonly restMs: number
  /** Called when the last follower has gone. */
  readonly onIdle: () => void
}

const retryMs = 2_000

/**
 * A query that is kept up to date for all who follow it: asked once at the beginning, and again
 * after transactions that may change the answer. Those that come while it is being asked lead to
 * one more run at most, which sees them all.
 */
export class LiveQuery<T> {
  readonly #asking: Asking<T>
  readonly #followers = new Set<FollowerState<T>>()
  #outcome: (Outcome<T> & { readonly run: number }) | null = null
  #topics = allTopics
  #state: 'idle' | 'waiting' | 'running' = 'idle'
  /** How many runs have begun. */
  #runs = 0
  /** What has been written while the query was being asked. */
  #missed: Topics[] = []
  #timer: NodeJS.Timeout | null = null
  #endedAtMs = Number.NEGATIVE_INFINITY

  constructor(asking: Asking<T>) {
    this.#asking = asking
  }

  /** A transaction has been committed. */
  note(written: Topics): void {
    if (this.#state === 'running') this.#missed.push(written)
    else if (this.#state === 'idle' && meets(written, this.#topics)) this.#run()
  }

  follow(): Follower<T> {
    const state: FollowerState<T> = {
      taken: null,
      firstRun: this.#currentRun(),
      wake: null,
      isClosed: false,
    }
    this.#followers.add(state)
    if (this.#state === 'idle' && !this.#outcome) this.#run()
    return {
      next: () =>
        new Promise((resolve) => {
          state.wake = resolve
          this.#offer(state)
        }),
      close: () => {
        if (state.isClosed) return
        state.isClosed = true
        this.#offer(state)
        this.#followers.delete(state)
        if (this.#followers.size > 0) return
        if (this.#timer) clearTimeout(this.#timer)
        this.#asking.onIdle()
      },
    }
  }

  /** The first run that is sure to have seen all that has been committed by now. */
  #currentRun(): number {
    switch (this.#state) {
      case 'idle':
        return this.#outcome?.run ?? this.#runs + 1
      case 'waiting':
        return this.#runs + 1
      case 'running':
        return this.#missed.length > 0 ? this.#runs + 1 : this.#runs
    }
  }

  #run(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#state = 'waiting'
    const restMs = this.#endedAtMs + this.#asking.restMs - performance.now()
    if (restMs <= 0) this.#takeTurn()
    else this.#timer = setTimeout(() => this.#takeTurn(), restMs)
  }

  #takeTurn(): void {
    void this.#asking.inTurn(async () => {
      if (this.#followers.size === 0) {
        this.#state = 'idle'
        return
      }
      this.#state = 'running'
      this.#runs += 1
      this.#missed = []
      await this.#ask()
      this.#endedAtMs = performance.now()
      this.#state = 'idle'
      if (this.#missed.some((written) => meets(written, this.#topics))) this.#run()
      for (const state of this.#followers) this.#offer(state)
    })
  }

  async #ask(): Promise<void> {
    const run = this.#runs
    try {
      const { value, print, topics } = await this.#asking.ask()
      this.#outcome = { kind: 'answer', value, print, run }
      this.#topics = topics
    } catch (error) {
      this.#outcome = { kind: 'error', error, print: printError(error), run }
      // What an error depends on is not known, so any change may make it go away.
      this.#topics = allTopics
      // A store that is away comes back without a transaction.
      if (!(error instanceof EngineError))
        this.#timer = setTimeout(() => this.#run(), retryMs).unref()
    }
  }

  #offer(state: FollowerState<T>): void {
    const { wake } = state
    if (!wake) return
    const outcome = this.#outcome
    const isRecent = this.#state === 'idle' || (outcome?.run ?? 0) >= state.firstRun
    const isNews = outcome !== null && isRecent && outcome.print !== state.taken
    if (!state.isClosed && !isNews) return
    state.wake = null
    const taken = state.isClosed ? null : outcome
    if (taken) state.taken = taken.print
    wake(taken)
  }
}

interface FollowerState<T> {
  /** Print of the outcome that was taken last. */
  taken: string | null
  readonly firstRun: number
  /** Waiting for news. */
  wake: ((outcome: Outcome<T> | null) => void) | null
  isClosed: boolean
}

function printError(error: unknown): string {
  if (error instanceof EngineError) {
    return JSON.stringify([error.type, error.message, error.hint])
  }
  return `error ${String(error)}`
}

import type { Failure } from './failure'

/** A failure the person can act on, thrown on the server and turned into a value at its edge. */
export class InstantError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'InstantError'
    this.failure = failure
  }
}

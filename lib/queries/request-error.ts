import type { ActionResult, Failure } from '@/lib/model/failure'

/** A failure as TanStack Query wants it: thrown. */
export class RequestError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.name = 'RequestError'
    this.failure = failure
  }
}

/** The data of an action's result, or its failure thrown, so that a mutation knows it failed. */
export function unwrap<T>(result: ActionResult<T>): T {
  if (result.ok) return result.data
  throw new RequestError(result.error)
}

/** The failure behind any error a query or mutation may hold. */
export function toFailure(error: Error): Failure {
  return error instanceof RequestError ? error.failure : { code: 'unknown', message: error.message }
}

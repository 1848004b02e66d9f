import { isJsonObject } from '@/lib/base/json'
import type { Result } from '@/lib/base/result'

/**
 * What went wrong, as a value that crosses from server to browser. `code` is Instant's error type
 * where the backend gave one, or one of ours: `unreachable`, `timed-out`, `not-connected`,
 * `unknown-app`, `unknown-namespace`, `unknown-record`, `hidden-record`,
 * `unknown-user`, `identity-unavailable`, `writes-off`, `invalid-input`, `forbidden`,
 * `internal`.
 */
export interface Failure {
  readonly code: string
  readonly message: string
  /** Instant's hint, unchanged; its shape depends on the code. */
  readonly hint?: unknown
  /** HTTP status the backend answered with. Absent when it never answered. */
  readonly status?: number | undefined
}

export function isFailure(value: unknown): value is Failure {
  return (
    isJsonObject(value) &&
    typeof value.code === 'string' &&
    typeof value.message === 'string' &&
    (value.status === undefined || typeof value.status === 'number')
  )
}

/** What every server action returns. */
export type ActionResult<T> = Result<T, Failure>

import { z } from 'zod'
import type { Result } from '@/lib/base/result'

/**
 * What went wrong, as a value that crosses from server to browser. `code` is Instant's error type
 * where the backend gave one, or one of ours: `unreachable`, `timed-out`, `not-connected`,
 * `unknown-app`, `unknown-namespace`, `unknown-record`, `hidden-record`,
 * `unknown-user`, `identity-unavailable`, `writes-off`, `invalid-input`, `forbidden`,
 * `internal`.
 */
export const failure = z.object({
  code: z.string(),
  message: z.string(),
  /** Instant's hint, unchanged; its shape depends on the code. */
  hint: z.unknown().optional(),
  /** HTTP status the backend answered with. Absent when it never answered. */
  status: z.number().optional(),
})

export type Failure = z.infer<typeof failure>

/** What every server action returns. */
export type ActionResult<T> = Result<T, Failure>

import 'server-only'
import type { z } from 'zod'
import type { Failure } from '@/lib/model/failure'
import { InstantError } from '@/lib/model/instant-error'
import { refuseForeign } from '@/lib/model/loopback'

/** Raises `forbidden` for a request that a page of another site could have caused. */
export function requireLoopback(headers: Headers): void {
  const refusal = refuseForeign(headers)
  if (refusal) throw new InstantError({ code: 'forbidden', message: refusal.message })
}

/** The input as its schema has it. Raises `invalid-input`, naming the first thing that is wrong. */
export function requireInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.')
  throw new InstantError({
    code: 'invalid-input',
    message: `${where ? `${where}: ` : ''}${issue?.message ?? 'The input is not valid.'}`,
  })
}

/** What may be told of an error. A bug of ours is logged here and told without its details. */
export function toFailure(error: unknown): Failure {
  if (error instanceof InstantError) return error.failure
  console.error(error)
  return {
    code: 'internal',
    message: 'Something went wrong in the dashboard. Its log has the details.',
  }
}

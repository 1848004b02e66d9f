import 'server-only'
import { headers } from 'next/headers'
import type { z } from 'zod'
import type { WriteIntent } from '@/lib/model/decide-write'
import type { ActionResult } from '@/lib/model/failure'
import { requireInput, requireLoopback, toFailure } from './guard'
import { currentViewer, requireRole, type Viewer } from './viewer'

/**
 * A server action over a function of lib/data. An action is a public endpoint: anyone can post
 * anything to it. So the caller is identified and the input parsed before run sees either. Never
 * throws, because thrown messages are redacted in production: a failure is returned. Every input says
 * as whom the dashboard acts and whether writes are meant, so that no action can be without a say in it.
 */
export function defineAction<S extends z.ZodType<WriteIntent>, T>(
  schema: S,
  run: (viewer: Viewer, input: z.output<S>) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return async (input) => {
    try {
      requireLoopback(await headers())
      const viewer = await currentViewer()
      requireRole(viewer, 'write')
      return { ok: true, data: await run(viewer, requireInput(schema, input)) }
    } catch (error) {
      return { ok: false, error: toFailure(error) }
    }
  }
}

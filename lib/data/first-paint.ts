import 'server-only'
import { setTimeout } from 'node:timers/promises'

/** How long a page is held back for data that could come with it. */
const limitMs = 250

/**
 * Waits for reads whose answers belong into the first paint, but not long: a page does not wait for
 * a slow backend. What is not there in time, or failed, the browser reads itself.
 */
export async function forFirstPaint(reads: readonly Promise<unknown>[]): Promise<void> {
  await Promise.race([Promise.allSettled(reads), setTimeout(limitMs, null, { ref: false })])
}

import 'server-only'
import { setTimeout } from 'node:timers/promises'

/** How long a page is held back for data that could come with it, and for what is only welcome. */
const limitMs = 250
const welcomeMs = 20

/**
 * Waits for reads whose answers belong into the first paint, but not long: a page does not wait for
 * a slow backend. What is not there in time, or failed, the browser reads itself.
 */
export function forFirstPaint(reads: readonly Promise<unknown>[]): Promise<void> {
  return settled(reads, limitMs)
}

/** The same, and hardly at all, for what a page can do without. */
export function ifAtOnce(reads: readonly Promise<unknown>[]): Promise<void> {
  return settled(reads, welcomeMs)
}

async function settled(reads: readonly Promise<unknown>[], withinMs: number): Promise<void> {
  await Promise.race([Promise.allSettled(reads), setTimeout(withinMs, null, { ref: false })])
}

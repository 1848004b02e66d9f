import 'server-only'
import { setTimeout } from 'node:timers/promises'

/** How long a page is held back for data that could come with it. */
const limitMs = 250

/** How much longer for what is only welcome. */
const welcomeMs = 20

/**
 * Waits for reads whose answers belong into the first paint, but not long: a page does not wait for
 * a slow backend. What is only welcome has hardly longer than these. What is not there in time, or failed,
 * the browser reads itself.
 */
export async function forFirstPaint(
  reads: readonly Promise<unknown>[],
  welcome: readonly Promise<unknown>[] = [],
): Promise<void> {
  await settled(reads, limitMs)
  await settled(welcome, welcomeMs)
}

async function settled(reads: readonly Promise<unknown>[], withinMs: number): Promise<void> {
  await Promise.race([Promise.allSettled(reads), setTimeout(withinMs, null, { ref: false })])
}

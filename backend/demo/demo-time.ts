import { createRandom } from './random'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** The demo's present: everything in it happened in the year before. Milliseconds. */
export const demoNow = Date.UTC(2026, 9, 30, 16, 20)
export const demoStart = demoNow - 365 * dayMs

/** When the record was made: later for a higher index, a little uneven, more towards the end. */
export function madeAt(namespace: string, index: number, count: number): number {
  const jitter = createRandom(`time of ${namespace}`, index).next()
  const part = ((index + jitter) / count) ** 0.8
  return Math.floor(demoStart + part * (demoNow - demoStart))
}

/** A later moment, `meanMs` afterwards on average, but not in the demo's future. */
export function later(from: number, meanMs: number, chance: number): number {
  return Math.min(demoNow, Math.floor(from - Math.log(1 - chance * 0.999) * meanMs))
}

/** As `2026-03-09`. */
export function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

export function toIso(ms: number): string {
  return new Date(ms).toISOString()
}

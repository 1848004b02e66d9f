import { setTimeout as sleep } from 'node:timers/promises'
import { SqlError } from '../sql-error'
import { isStalePlan } from './plans'

const attempts = 10

/** Runs again what failed for a reason that lies in its timing; such a failure wrote nothing. */
export async function withRetries<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (attempt === attempts || !isTransient(error)) throw error
      // Random, so that the two of a deadlock do not meet again.
      await sleep(Math.random() * Math.min(200, 2 ** attempt))
    }
  }
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof SqlError)) return false
  // Serialization failure, deadlock.
  return error.code === '40001' || error.code === '40P01' || isStalePlan(error)
}

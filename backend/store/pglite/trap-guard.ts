import type { PGlite } from '@electric-sql/pglite'

/**
 * Makes a broken engine fail. When its code traps or aborts, as Postgres does when a disk fails,
 * PGlite swallows that and calls it again while input is left, which never returns. What PGlite
 * does first after each exception is restore the stack: from there the call is made to fail.
 */
export function failOnTraps({ Module: module }: PGlite): void {
  const { stackRestore, _PostgresMainLoopOnce: runOnce } = module
  let breakdown: unknown = null

  module._PostgresMainLoopOnce = () => {
    try {
      runOnce()
    } catch (error) {
      breakdown = isSqlError(error) ? breakdown : error
      throw error
    }
  }
  module.stackRestore = (pointer) => {
    if (breakdown) throw breakdown
    return stackRestore(pointer)
  }
}

/** An error of SQL leaves the engine as an exit with a status; the engine goes on. */
function isSqlError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error
}

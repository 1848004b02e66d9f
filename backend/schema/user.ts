import type { JsonObject } from '@/lib/base/json'

/** An end user of an app, as stored in `$users`. */
export interface User {
  readonly id: string
  readonly createdAtMs: number
  /**
   * By label, without `id`: the values of `$users` that are stored, null included, and for links
   * that lead to one entity its id. Labels of other links are absent (contract http.md 3.2).
   */
  readonly values: JsonObject
}

/** Whether the user has not signed up yet (contract http.md 3.7). */
export function isGuest({ values }: User): boolean {
  return values.type === 'guest'
}

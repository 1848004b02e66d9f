import type { Queryable } from '@/backend/store/database'
import type { JsonObject } from '@/lib/base/json'

/** Ids of a work's answer, in its order, by which the layouts are held to each other. */
export type Ids = readonly string[]

/** Where a page of books goes on. */
export interface After {
  readonly id: string
  readonly createdAt: number
  readonly price: number
}

/** A layout of the library, and the best SQL for each work over it. */
export interface Baseline {
  readonly load: () => Promise<void>
  readonly pageByCreation: () => Promise<Ids>
  readonly pageAtOffset: (offset: number) => Promise<Ids>
  readonly pageAfter: (after: After) => Promise<Ids>
  readonly pageByPriceAfter: (after: After) => Promise<Ids>
  readonly byId: (id: string) => Promise<Ids>
  readonly byUnique: (isbn: string) => Promise<Ids>
  /** The users of the page, their shelves, and the books on these. */
  readonly threeLevels: () => Promise<Ids>
  readonly usersOfBook: (isbn: string) => Promise<Ids>
  readonly usersOfDearBooks: (price: number) => Promise<Ids>
  readonly titled: (pattern: string) => Promise<Ids>
  readonly count: () => Promise<number>
  readonly export: (count: number) => Promise<Ids>
  readonly write: (
    tx: Queryable,
    books: readonly { id: string; values: JsonObject }[],
  ) => Promise<void>
}

export function idsOf(rows: readonly { readonly id: string }[]): Ids {
  return rows.map(({ id }) => id)
}

/** How many records there are, as far as it is known. */
export interface Count {
  readonly records: number
  /** False when there may be more than that. */
  readonly isExact: boolean
}

/** Records per namespace. Null where no number is known: never zero. */
export type Counts = Readonly<Record<string, Count | null>>

/** How far records are counted one by one, which is how it must be done for anyone but the admin. */
export const countLimit = 1000

import type { JsonObject } from '@/lib/base/json'
import type { Sight } from './sight'

/** Where a record is: enough to open it. */
export interface RecordRef {
  readonly namespace: string
  readonly id: string
}

/** The far end of a link, with what names it to a person. */
export interface LinkedRecord {
  readonly id: string
  /** Null when it has none: show its id. */
  readonly title: string | null
}

/** A record in the grid. */
export interface RecordRow {
  readonly id: string
  /** The stored values. A key that is not there is not set, which differs from null. */
  readonly values: JsonObject
  /** The target of each has-one link, in both directions. */
  readonly links: Readonly<Record<string, LinkedRecord | null>>
  /** What the request's identity sees of it, when the admin's records are compared with theirs. */
  readonly sight?: Sight
}

export interface RecordsPage extends PageEnd {
  readonly records: readonly RecordRow[]
}

export interface PageEnd {
  /** Where the next page begins, or null when it was not asked for or is not told. */
  readonly cursor: string | null
  /** Null when it was not asked for or is not told. */
  readonly hasNext: boolean | null
}

/** A record alone, with every link. */
export interface RecordDetail {
  readonly id: string
  readonly values: JsonObject
  readonly links: Readonly<Record<string, LinkedRecords>>
}

export interface LinkedRecords {
  readonly total: number
  /** The first of them, at most `linksShown`. */
  readonly records: readonly LinkedRecord[]
}

/** How many targets of one link are listed. */
export const linksShown = 50

export const pageSizes = [50, 100, 250, 500, 1000] as const

/** What sorts when nothing else is asked for. */
export const creationTime = 'serverCreatedAt'

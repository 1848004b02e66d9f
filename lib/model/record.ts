import { z } from 'zod'
import type { Json, JsonObject } from '@/lib/base/json'
import { appId } from './app'
import { cursorText } from './cursor'
import { appRef, writeRef } from './identity'
import type { Sight } from './sight'
import { whereText } from './where'

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

const namespaceRef = { ...appRef, namespace: z.string().min(1).max(200) }

export const recordsRequest = z.object({
  ...namespaceRef,
  sort: z.string().min(1).default(creationTime),
  direction: z.enum(['asc', 'desc']).default('desc'),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(1000).default(100),
  /** What the records must meet; all there are without it. */
  where: whereText.optional(),
  /** Instead of the number of the page: what comes after this. */
  after: cursorText.optional(),
  /** Whether to give the admin's records, with what the request's identity sees of each. */
  isCompared: z.stringbool().optional(),
  /** Whether to tell where the page ends, which only a subscription knows. */
  isWalk: z.stringbool().optional(),
})

export type RecordsRequest = z.infer<typeof recordsRequest>

export const recordRequest = z.object({ ...namespaceRef, id: z.uuid() })

export type RecordRequest = z.infer<typeof recordRequest>

export const countRequest = z.object({ ...namespaceRef, where: whereText.optional() })

export type CountRequest = z.infer<typeof countRequest>

/** For what is the same whoever asks, such as the schema. */
export const appRequest = z.object({ appId })

export const countsRequest = z.object(appRef)

/** For a record that is to be written. */
export const recordWrite = recordRequest.extend(writeRef)

export type RecordWrite = z.infer<typeof recordWrite>

const json: z.ZodType<Json, Json> = z.json()

export const fieldChange = recordWrite.extend({
  attribute: z.string().min(1),
  value: json,
})

export type FieldChange = z.infer<typeof fieldChange>

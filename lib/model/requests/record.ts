import { z } from 'zod'
import type { Json } from '@/lib/base/json'
import { cursorText } from '@/lib/model/cursor'
import { creationTime } from '@/lib/model/record'
import { whereText } from '@/lib/model/where'
import { appRef, writeRef } from './app'

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

/** For a record that is to be written. */
export const recordWrite = recordRequest.extend(writeRef)

export type RecordWrite = z.infer<typeof recordWrite>

const json: z.ZodType<Json, Json> = z.json()

export const fieldChange = recordWrite.extend({
  attribute: z.string().min(1),
  value: json,
})

export type FieldChange = z.infer<typeof fieldChange>

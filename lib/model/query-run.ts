import { z } from 'zod'
import { isJsonObject, type JsonObject } from '@/lib/base/json'
import { appRef } from './requests/app'

/** An InstaQL query to be run once, as it is sent to the backend. */
export const runQueryRequest = z.object({
  ...appRef,
  query: z.custom<JsonObject>(isJsonObject, 'A query must be an object.'),
})

export type RunQueryRequest = z.infer<typeof runQueryRequest>

export interface QueryAnswer {
  /** A list per namespace of the query. */
  readonly result: JsonObject
  /** From the dashboard to the backend and back, in milliseconds. */
  readonly backendMs: number
  /** Length of the result as JSON in UTF-8. */
  readonly sizeBytes: number
}

import { z } from 'zod'
import type { Json } from '@/lib/base/json'

const json: z.ZodType<Json, Json> = z.json()

/** A place between records in an order (contract http.md 4.2): entity, attribute, value, time of creation in ms. */
export const cursorParts = z.tuple([z.string(), z.string(), json, z.number()])

/** In characters. One of a long text would not fit into an address. */
export const cursorLimit = 2000

/** A cursor in an address, as JSON. */
export const cursorText = z
  .string()
  .max(cursorLimit)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('A cursor is JSON, as an answer told it.')
      return z.NEVER
    }
  })
  .pipe(cursorParts)

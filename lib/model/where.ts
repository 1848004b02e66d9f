import { z } from 'zod'
import { isJsonObject, type JsonObject } from '@/lib/base/json'

/** In characters. A longer one would not fit into an address. */
const whereLimit = 8000

/** The `where` of a query in an address, as JSON. What it says is for the backend to judge. */
export const whereText = z
  .string()
  .max(whereLimit)
  .transform((text, context): JsonObject => {
    const where = parseJson(text)
    if (isJsonObject(where)) return where
    context.addIssue('A where is a JSON object.')
    return z.NEVER
  })

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

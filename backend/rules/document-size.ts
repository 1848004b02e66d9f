import type { Json, JsonObject } from '@/lib/base/json'

/** Characters of all keys and texts of a document together. */
export const maxDocumentChars = 250_000
const maxDepth = 6
const maxValues = 50_000

/** What is said of a document too large to be looked into, or null. Stops counting at the limit. */
export function documentComplaint(code: Json): string | null {
  const totals = { chars: 0, values: 0 }
  return count(code, 0, totals)
}

interface Totals {
  chars: number
  values: number
}

function count(value: Json, depth: number, totals: Totals): string | null {
  totals.values++
  if (typeof value === 'string') totals.chars += value.length
  if (totals.chars > maxDocumentChars || totals.values > maxValues) return tooLarge
  if (typeof value !== 'object' || value === null) return null
  if (depth >= maxDepth) return tooDeep
  for (const [key, item] of entriesOf(value)) {
    totals.chars += key.length
    const complaint = count(item, depth + 1, totals)
    if (complaint !== null) return complaint
  }
  return null
}

/** One at a time, so that the rest of a huge object is never touched. */
function* entriesOf(value: readonly Json[] | JsonObject): Generator<[key: string, item: Json]> {
  if (Array.isArray(value)) {
    for (const item of value) yield ['', item]
    return
  }
  for (const [key, item] of Object.entries(value)) yield [key, item]
}

const tooLarge = `Rules can't be larger than ${maxDocumentChars} characters.`
const tooDeep = `Rules can't be nested deeper than ${maxDepth} levels.`

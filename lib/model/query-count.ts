import { isJsonObject, type JsonObject } from '@/lib/base/json'

/** How many records a result holds at one place of its query. */
export interface RecordCount {
  /** The namespace, and below it the link labels: `['tickets', 'comments']`. */
  readonly path: readonly string[]
  readonly records: number
}

/**
 * The records of a result, per namespace and link of its query and in the query's order. A record
 * that several others link to counts once for each of them, as it does in the text of the result.
 */
export function countRecords(query: JsonObject, result: JsonObject): readonly RecordCount[] {
  return countBelow(query, [result], [])
}

function countBelow(
  node: JsonObject,
  records: readonly JsonObject[],
  path: readonly string[],
): readonly RecordCount[] {
  return Object.entries(node).flatMap(([label, child]) => {
    if (label === '$' || label === '$$ruleParams') return []
    const here = [...path, label]
    const linked = records.flatMap((record) => recordsIn(record[label]))
    const count: RecordCount = { path: here, records: linked.length }
    return [count, ...(isJsonObject(child) ? countBelow(child, linked, here) : [])]
  })
}

/** A link that is has-one is a single object, or null when there is none. */
function recordsIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.filter(isJsonObject)
  return isJsonObject(value) ? [value] : []
}

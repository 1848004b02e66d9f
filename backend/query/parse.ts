import { validationError } from '@/backend/engine-error'
import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { findUnstorable } from '@/lib/base/some-text'
import { invalidQuery } from './invalid-query'
import type { ParseContext } from './parse-context'
import { parseOptions } from './parse-options'
import type { Node, Query } from './query'

/**
 * The query, with every rule of the grammar that needs no schema checked (semantics.md 3.1, 3.2).
 * `$$ruleParams` is left out. Throws the first violation.
 */
export function parseQuery(source: JsonObject, { isAdmin }: { isAdmin: boolean }): Query {
  const context: ParseContext = { source, isAdmin, malformed: [] }
  refuseUnstorableText(source)
  const namespaces = Object.entries(source)
    .filter(([label]) => label !== '$$ruleParams')
    .map(([label, node]) => parseNode(context, [label], node))
  if (context.malformed[0]) throw validationError('coerced-query', source, [context.malformed[0]])
  return { namespaces, source }
}

/** Postgres takes neither, and no stored value has them. */
function refuseUnstorableText(source: JsonObject): void {
  const found = findUnstorable(source)
  if (found === null) return
  const what = found === 'nul' ? 'null bytes' : 'halves of characters'
  const message = `A value in the query contains ${what}, which no stored value has.`
  throw invalidQuery(source, { expected: 'storable-text?', message })
}

function parseNode(context: ParseContext, path: readonly string[], node: Json): Node {
  const { source } = context
  if (!isJsonObject(node)) throw invalidQuery(source, { expected: 'map?', in: path })

  const childEntries = Object.entries(node).filter(([label]) => label !== '$')
  const options = parseOptions(context, path, node.$ ?? {})
  if (options.isCount && childEntries.length > 0) {
    throw invalidQuery(source, {
      expected: 'valid-query?',
      in: [...path, '$', 'aggregate'],
      message: 'You can not combine aggregates with child queries at this time.',
    })
  }
  return {
    label: path[path.length - 1] ?? '',
    path,
    ...options,
    children: childEntries.map(([label, child]) => parseNode(context, [...path, label], child)),
  }
}

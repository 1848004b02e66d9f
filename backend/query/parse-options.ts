import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { invalidQuery } from './invalid-query'
import type { ParseContext } from './parse-context'
import { parsePage } from './parse-page'
import { parseWhere } from './parse-where'
import type { Node, Order } from './query'

const known = new Set([
  'where',
  'order',
  'limit',
  'first',
  'last',
  'offset',
  'after',
  'before',
  'afterInclusive',
  'beforeInclusive',
  'fields',
  'aggregate',
])

/** What a node's `$` says. A null option is an absent one. */
export function parseOptions(
  context: ParseContext,
  path: readonly string[],
  options: Json,
): Omit<Node, 'label' | 'path' | 'children'> {
  const { source } = context
  const at = [...path, '$']
  if (!isJsonObject(options)) throw invalidQuery(source, { expected: 'map?', in: at })
  if (Object.keys(options).some((key) => !known.has(key))) {
    throw invalidQuery(source, {
      expected: 'supported-options?',
      in: at,
      message:
        'We only support `where`, `order`, `limit`, `offset`, `before`, and `after` clauses.',
    })
  }
  return {
    where: parseWhere(context, at, options.where ?? {}),
    order: parseOrder(source, at, options.order ?? null),
    page: parsePage(source, { at, isTopLevel: path.length === 1 }, options),
    fields: parseFields(source, at, options.fields ?? null),
    isCount: parseAggregate(context, at, options.aggregate ?? null),
  }
}

function parseOrder(source: JsonObject, at: readonly string[], order: Json): Order | null {
  if (order === null) return null
  const here = [...at, 'order']
  if (!isJsonObject(order)) throw invalidQuery(source, { expected: 'map?', in: here })
  const keys = Object.keys(order)
  const label = keys[0]
  if (label === undefined) return null
  if (keys.length > 1) {
    throw invalidQuery(source, {
      expected: 'single-key?',
      in: here,
      message: `We only support a single key in the \`order\` clause. Got ${keys.join(',')}.`,
    })
  }
  const direction = order[label]
  if (direction !== 'asc' && direction !== 'desc') {
    throw invalidQuery(source, {
      expected: 'valid-direction?',
      in: [...here, label],
      message: `We only support "asc" or "desc" in the \`order\` clause. Got ${JSON.stringify(direction)}.`,
    })
  }
  return { label, direction }
}

function parseFields(
  source: JsonObject,
  at: readonly string[],
  fields: Json,
): readonly string[] | null {
  if (fields === null) return null
  if (!Array.isArray(fields)) {
    throw invalidQuery(source, {
      expected: 'array?',
      in: [...at, 'fields'],
      message: 'The `fields` property should be an array of field names.',
    })
  }
  return fields.filter((field): field is string => typeof field === 'string')
}

function parseAggregate(context: ParseContext, at: readonly string[], aggregate: Json): boolean {
  if (aggregate === null) return false
  const here = [...at, 'aggregate']
  if (aggregate !== 'count') {
    throw invalidQuery(context.source, {
      expected: 'supported-options?',
      in: here,
      message: `The aggregate field only accepts "count", got ${JSON.stringify(aggregate)}.`,
    })
  }
  if (!context.isAdmin) {
    throw invalidQuery(context.source, {
      expected: 'admin?',
      in: here,
      message: 'Aggregates are currently only available for admin queries.',
    })
  }
  return true
}

import { isJsonObject, type Json, type JsonObject } from '@/lib/base/json'
import { invalidCondition, invalidQuery } from './invalid-query'
import type { Operator, Where, WherePart } from './query'

const operators: Readonly<Record<string, Operator>> = {
  $in: 'in',
  in: 'in',
  $not: 'not',
  $ne: 'not',
  $isNull: 'isNull',
  $gt: 'gt',
  $gte: 'gte',
  $lt: 'lt',
  $lte: 'lte',
  $like: 'like',
  $ilike: 'ilike',
}

/** Each label is a join, and the planner's work grows much faster than their number. */
const mostLabels = 32

/** The conjunction that a `where` document stands for. `at` is the path of the node's `$`. */
export function parseWhere(source: JsonObject, at: readonly string[], where: Json): Where {
  if (!isJsonObject(where)) {
    throw invalidQuery(source, { expected: 'map?', in: [...at, 'where'] })
  }
  return Object.entries(where).flatMap(([key, value]): WherePart[] => {
    if ((key === 'and' || key === 'or') && Array.isArray(value)) {
      return parseList(source, at, { connective: key, list: value })
    }
    return [parseCondition(source, [...at, 'where', key], value)]
  })
}

/**
 * A list with one condition in all is that condition itself, and so shares entities with its
 * surroundings, as Instant has it (semantics.md 3.4, quirk).
 */
function parseList(
  source: JsonObject,
  at: readonly string[],
  { connective, list }: { connective: 'and' | 'or'; list: readonly Json[] },
): WherePart[] {
  if (list.length === 0) {
    throw invalidQuery(source, {
      expected: 'non-empty-list?',
      in: [...at, connective],
      message: `The list of \`${connective}\` conditions can't be empty.`,
    })
  }
  const of = list.map((member) => parseWhere(source, at, member))
  const only = of[0]
  if (of.length === 1 && only?.length === 1) return [...only]
  return [{ kind: connective === 'and' ? 'all' : 'any', of }]
}

function parseCondition(source: JsonObject, at: readonly string[], value: Json): WherePart {
  const key = at[at.length - 1] ?? ''
  const labels = key.split('.')
  if (labels.length > mostLabels) {
    const message = `A path can have at most ${mostLabels} labels. Got ${labels.length}.`
    throw invalidQuery(source, { expected: 'supported-path?', in: at.slice(0, -1), message })
  }
  if (isScalar(value)) {
    return { kind: 'condition', labels, operator: 'equals', spelling: null, operand: value }
  }
  // Of several operators in one object Instant honours the first (semantics.md 3.1, quirk).
  const spelling = isJsonObject(value) ? Object.keys(value)[0] : undefined
  const operator = spelling === undefined ? undefined : operators[spelling]
  if (!isJsonObject(value) || spelling === undefined || operator === undefined) {
    throw invalidCondition(source, 'instant.db.instaql/where-value-valid-keys?', at)
  }
  const operand = value[spelling] ?? null
  checkOperand(source, [...at, spelling], { operator, operand })
  return { kind: 'condition', labels, operator, spelling, operand }
}

function checkOperand(
  source: JsonObject,
  at: readonly string[],
  { operator, operand }: { operator: Operator; operand: Json },
): void {
  switch (operator) {
    case 'in':
      if (!Array.isArray(operand)) throw invalidCondition(source, 'vector?', at)
      if (!operand.every((member) => member === null || isScalar(member))) {
        throw invalidCondition(source, 'instant.db.instaql/where-value-valid-keys?', at)
      }
      return
    case 'isNull':
      if (typeof operand !== 'boolean') throw invalidCondition(source, 'boolean?', at)
      return
    case 'not':
    case 'equals':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'like':
    case 'ilike':
      if (!isScalar(operand)) {
        throw invalidCondition(source, 'instant.db.instaql/where-value-valid-keys?', at)
      }
  }
}

function isScalar(value: Json): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

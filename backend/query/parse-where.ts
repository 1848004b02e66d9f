import { isJsonObject, type Json } from '@/lib/base/json'
import { invalidQuery } from './invalid-query'
import type { ParseContext } from './parse-context'
import type { Operator, Where, WherePart } from './query'

const operators: ReadonlyMap<string, Operator> = new Map([
  ['$in', 'in'],
  ['in', 'in'],
  ['$not', 'not'],
  ['$ne', 'not'],
  ['$isNull', 'isNull'],
  ['$gt', 'gt'],
  ['$gte', 'gte'],
  ['$lt', 'lt'],
  ['$lte', 'lte'],
  ['$like', 'like'],
  ['$ilike', 'ilike'],
])

/** Each label is a join, and the planner's work grows much faster than their number. */
const mostLabels = 32

/** The conjunction that a `where` document stands for. `at` is the path of the node's `$`. */
export function parseWhere(context: ParseContext, at: readonly string[], where: Json): Where {
  const { source } = context
  if (!isJsonObject(where)) {
    throw invalidQuery(source, { expected: 'map?', in: [...at, 'where'] })
  }
  return Object.entries(where).flatMap(([key, value]): readonly WherePart[] => {
    if ((key === 'and' || key === 'or') && Array.isArray(value)) {
      return parseList(context, at, { connective: key, list: value })
    }
    return parseCondition(context, [...at, 'where', key], value)
  })
}

/**
 * A list with one condition in all is that condition itself, and so shares entities with its
 * surroundings, as Instant has it (semantics.md 3.4, quirk).
 */
function parseList(
  context: ParseContext,
  at: readonly string[],
  { connective, list }: { connective: 'and' | 'or'; list: readonly Json[] },
): WherePart[] {
  if (list.length === 0) {
    throw invalidQuery(context.source, {
      expected: 'non-empty-list?',
      in: [...at, connective],
      message: `The list of \`${connective}\` conditions can't be empty.`,
    })
  }
  const of = list.map((member) => parseWhere(context, at, member))
  const only = of[0]
  if (of.length === 1 && only?.length === 1) return [...only]
  return [{ kind: connective === 'and' ? 'all' : 'any', of }]
}

/** Nothing for a condition of a wrong form, which the context is told of. */
function parseCondition(
  { source, malformed }: ParseContext,
  at: readonly string[],
  value: Json,
): readonly WherePart[] {
  const key = at[at.length - 1] ?? ''
  const labels = key.split('.')
  if (labels.length > mostLabels) {
    const message = `A path can have at most ${mostLabels} labels. Got ${labels.length}.`
    throw invalidQuery(source, { expected: 'supported-path?', in: at.slice(0, -1), message })
  }
  if (isScalar(value)) {
    return [{ kind: 'condition', labels, operator: 'equals', spelling: null, operand: value }]
  }
  const tests = isJsonObject(value) ? Object.entries(value).map(toTest) : []
  // The path is ours: Instant's exposes internal positions, and the contract leaves it open.
  const issues = tests.flatMap(({ expected, spelling }) =>
    expected === null ? [] : [{ expected, in: [...at, spelling] }],
  )
  // Of several operators in one object Instant honours the first (semantics.md 3.1, quirk).
  const [first] = tests
  const operator = first?.operator
  if (!first || !operator || tests.some((test) => test.operator === undefined)) {
    malformed.push({ expected: valueOrOperator, in: at })
    return []
  }
  malformed.push(...issues)
  const { spelling, operand } = first
  return [{ kind: 'condition', labels, operator, spelling, operand }]
}

/** An entry of an object of operators: what it asks, and what its operand should have been instead. */
function toTest([spelling, operand]: [string, Json]) {
  const operator = operators.get(spelling)
  return {
    spelling,
    operand,
    operator,
    expected: operator ? operandIssue(operator, operand) : null,
  }
}

const valueOrOperator = 'instant.db.instaql/where-value-valid-keys?'

/** What an operand should have been; null when it is that. */
function operandIssue(operator: Operator, operand: Json): string | null {
  switch (operator) {
    case 'in': {
      if (!Array.isArray(operand)) return 'vector?'
      const isList = operand.every((member: Json) => member === null || isScalar(member))
      return isList ? null : valueOrOperator
    }
    case 'isNull':
      return typeof operand === 'boolean' ? null : 'boolean?'
    case 'not':
    case 'equals':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'like':
    case 'ilike':
      return isScalar(operand) ? null : valueOrOperator
  }
}

function isScalar(value: Json): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

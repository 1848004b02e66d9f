import type { ValidationIssue } from '@/backend/engine-error'
import { isJsonObject, type Json } from '@/lib/base/json'
import type { ConstraintType, DataAttr } from '../schema/attr'
import type { Operator } from './query'

const comparing: ReadonlySet<Operator> = new Set(['gt', 'gte', 'lt', 'lte', 'like', 'ilike'])

// Postgres reads these relative to its clock, so Instant refuses them in queries although they
// may be stored (contract semantics.md 3.2).
const relativeDates = new Set(['now', 'today', 'tomorrow', 'yesterday'])

/**
 * Why an operator cannot be asked of an attribute: comparisons need an index and a checked type, and
 * neither may be about to change. Null when it can.
 */
export function operatorIssue(
  attr: {
    readonly isIndexed: boolean
    readonly isTyped: boolean
    readonly name: string
    readonly pending?: readonly ConstraintType[]
  },
  { operator, path }: { operator: Operator; path: readonly string[] },
): ValidationIssue | null {
  if (!comparing.has(operator)) return null
  if (attr.pending?.includes('index')) {
    return {
      'expected?': 'indexed?',
      in: path,
      message: `The \`${attr.name}\` attribute is still in the process of indexing. It must finish before using comparison operators.`,
    }
  }
  if (!attr.isIndexed) {
    return {
      'expected?': 'indexed?',
      in: path,
      message: `The \`${attr.name}\` attribute must be indexed to use comparison operators.`,
    }
  }
  if (attr.pending?.includes('check-data-type')) {
    return {
      'expected?': 'checked-data-type?',
      in: path,
      message: `The \`${attr.name}\` attribute is still in the process of checking its data type. It must finish before using comparison operators.`,
    }
  }
  if (!attr.isTyped) {
    return {
      'expected?': 'checked-data-type?',
      in: path,
      message: `The \`${attr.name}\` attribute must have an enforced type to use comparison operators.`,
    }
  }
  return null
}

/** Why a value cannot be compared with the attribute, by its checked type; null when it can. */
export function valueIssue(
  attr: DataAttr,
  value: Json,
  { operator, path }: { operator: Operator; path: readonly string[] },
): ValidationIssue | null {
  const name = attrName(attr)
  const shown = `\`${JSON.stringify(value)}\` of type \`${jsonType(value)}\``
  if (operator === 'like' || operator === 'ilike') {
    if (typeof value === 'string') return null
    return {
      'expected?': 'string?',
      in: path,
      message: `The $like value for \`${name}\` must be a string, but the query got the value ${shown}.`,
    }
  }
  switch (attr.checkedType) {
    case null:
      return null
    case 'date':
      return isPossibleDate(value) ? null : dateIssue(attr, value, path)
    case 'string':
    case 'number':
    case 'boolean':
      if (typeof value === attr.checkedType) return null
      return {
        'expected?': `${attr.checkedType}?`,
        in: path,
        message: `The data type of \`${name}\` is \`${attr.checkedType}\`, but the query got the value ${shown}.`,
      }
  }
}

/** The refusal of a value that is no date. */
export function dateIssue(attr: DataAttr, value: Json, path: readonly string[]): ValidationIssue {
  return {
    'expected?': typeof value === 'string' ? 'date-string?' : 'timestamp?',
    in: path,
    message: `The data type of \`${attrName(attr)}\` is \`date\`, but the query got value \`${JSON.stringify(value)}\` of type \`${jsonType(value)}\`.`,
  }
}

function isPossibleDate(value: Json): boolean {
  if (typeof value === 'number') return true
  return typeof value === 'string' && !relativeDates.has(value.trim().toLowerCase())
}

function attrName(attr: DataAttr): string {
  return `${attr.forward.namespace}.${attr.forward.label}`
}

function jsonType(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return isJsonObject(value) ? 'object' : typeof value
}

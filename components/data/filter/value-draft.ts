import type { Json } from '@/lib/base/json'
import type { TermEnd } from '@/lib/model/filter/check-term'
import type { FilterOperator, FilterTerm } from '@/lib/model/filter/filter'
import { parseField } from '@/lib/model/parse-field'

/** A term's value as it can be typed: of a list, one value on each line. */
export function toValueText({ operator, value }: FilterTerm): string {
  if (operator === 'in') return Array.isArray(value) ? value.map(toText).join('\n') : ''
  return toText(value)
}

function toText(value: Json): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/**
 * The value that a text stands for at the end of a path. What is no value of the type is taken as the
 * text it is, for the check of the term to say so.
 */
export function fromValueText(text: string, operator: FilterOperator, end: TermEnd | null): Json {
  if (operator === 'in') {
    const lines = text.split('\n').map((line) => line.trim())
    return lines.filter((line) => line !== '').map((line) => fromText(line, end))
  }
  const isPattern = operator === 'like' || operator === 'ilike'
  return isPattern ? text : fromText(text, end)
}

function fromText(text: string, end: TermEnd | null): Json {
  if (end?.kind !== 'attribute' || end.attribute.name === 'id') return text.trim()
  const { attribute } = end
  if (attribute.type === 'string') return text
  // What its field shows before a choice is made.
  if (attribute.type === 'boolean' && text === '') return true
  const parsed = parseField({ kind: 'text', text }, attribute)
  return parsed.ok && isScalar(parsed.data) ? parsed.data : text
}

function isScalar(value: Json): boolean {
  return value !== null && typeof value !== 'object'
}

import type { Json } from '@/lib/base/json'
import { toTime } from '@/lib/model/moment'
import type { Attribute, AttributeType } from '@/lib/model/schema'

/** A stored value that is not of its attribute's type: written before the type was. */
export interface TypeMismatch {
  readonly stored: string
  readonly declared: AttributeType
}

/** What is wrong with a value's type, or null when nothing is. What is missing or null has no type. */
export function typeMismatch(value: Json | undefined, attribute: Attribute): TypeMismatch | null {
  if (value === undefined || value === null || isOf(value, attribute.type)) return null
  return { stored: typeName(value), declared: attribute.type }
}

export function describeMismatch({ stored, declared }: TypeMismatch): string {
  const article = /^[aeiou]/.test(stored) ? 'an' : 'a'
  const lack = declared === 'date' && stored === 'string' ? ' that is no date' : ''
  return `Stored is ${article} ${stored}${lack}; the attribute is declared as ${declared}.`
}

function isOf(value: Exclude<Json, null>, type: AttributeType): boolean {
  switch (type) {
    case 'any':
    case 'json':
      return true
    case 'date':
      return (typeof value === 'string' || typeof value === 'number') && toTime(value) !== null
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type
  }
}

function typeName(value: Exclude<Json, null>): string {
  if (Array.isArray(value)) return 'array'
  return typeof value
}
